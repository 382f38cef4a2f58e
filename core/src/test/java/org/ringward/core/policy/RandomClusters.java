package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.ResourceHistory;

/** Draws clusters: healthy ones without contradictions, and broken ones with anything. */
final class RandomClusters {
  private static final List<String> NODES = List.of("n1", "n2", "n3");

  private RandomClusters() {}

  /** Primitives and groups, with locations, colocations and orders that can all be had. */
  static Cib healthy(Random random) {
    Clusters clusters = Clusters.of("n1", "n2", "n3");
    clusters.resourceDefault("resource-stickiness", Integer.toString(1 + random.nextInt(200)));
    List<String> ids = resources(clusters, random);
    for (String id : ids) {
      if (random.nextInt(3) == 0) {
        clusters.constraint(location(random, id, random.nextInt(300)));
      }
    }
    for (int i = 1; i < ids.size(); i++) {
      if (random.nextInt(3) == 0) {
        String score = random.nextBoolean() ? "INFINITY" : "50";
        clusters.constraint(colocation(ids.get(i), ids.get(i - 1), score));
      }
      if (random.nextInt(3) == 0) {
        clusters.constraint(order(ids.get(random.nextInt(i)), ids.get(i), "Mandatory"));
      }
    }
    return clusters.cib();
  }

  /** As healthy ones, with clones, plain and promotable, among the primitives and groups. */
  static Cib withClones(Random random) {
    Clusters clusters = Clusters.of("n1", "n2", "n3");
    clusters.resourceDefault("resource-stickiness", Integer.toString(1 + random.nextInt(200)));
    List<String> ids = resources(clusters, random);
    int clones = 1 + random.nextInt(3);
    for (int i = 0; i < clones; i++) {
      clusters.xmlResource(clone(random, "k" + i, "k" + i + "p"));
      ids.add("k" + i);
    }
    for (int i = 1; i < ids.size(); i++) {
      if (random.nextInt(3) == 0) {
        // What has many instances follows nobody: that would leave most of them without a place.
        String dependent = ids.get(i).startsWith("k") ? ids.get(0) : ids.get(i);
        String primary = ids.get(i).startsWith("k") ? ids.get(i) : ids.get(i - 1);
        clusters.constraint(
            colocation(dependent, primary, random.nextBoolean() ? "INFINITY" : "7"));
      }
      if (random.nextInt(3) == 0) {
        clusters.constraint(order(ids.get(random.nextInt(i)), ids.get(i), "Mandatory"));
      }
    }
    return Graphs.withAttribute(
        Graphs.withAttribute(clusters.cib(), "n2", "master-k0p", "10"), "n3", "master-k1p", "5");
  }

  /** With one more node that is online and that no resource may run on. */
  static Cib withBannedNode(Cib cib, String name) {
    StringBuilder bans = new StringBuilder();
    cib.configuration()
        .resources()
        .forEach(resource ->
            bans.append(
                "<rsc_location id='ban-%s' rsc='%s' node='%s' score='-INFINITY'/>"
                    .formatted(resource.id(), resource.id(), name)));
    String xml =
        CibXml.write(cib)
            .replace("</nodes>", "<node id='9' uname='%s'/></nodes>".formatted(name))
            .replace(
                "</status>",
                ("<node_state id='9' uname='%s' in_ccm='true' crmd='online' join='member'"
                        + " expected='member'/></status>")
                    .formatted(name));
    String with =
        xml.contains("</constraints>")
            ? xml.replace("</constraints>", bans + "</constraints>")
            : xml.replaceFirst("<constraints */>", "<constraints>" + bans + "</constraints>");
    return CibXml.read("wider.xml", with);
  }

  private static String clone(Random random, String id, String primitive) {
    StringBuilder meta = new StringBuilder();
    if (random.nextBoolean()) {
      meta.append("<nvpair id='%s-p' name='promotable' value='true'/>".formatted(id));
    }
    if (random.nextInt(3) == 0) {
      meta.append("<nvpair id='%s-m' name='clone-max' value='2'/>".formatted(id));
    }
    if (random.nextBoolean()) {
      meta.append("<nvpair id='%s-n' name='notify' value='true'/>".formatted(id));
    }
    if (random.nextBoolean()) {
      meta.append("<nvpair id='%s-i' name='interleave' value='true'/>".formatted(id));
    }
    return ("<clone id='%s'><meta_attributes id='%s-meta'>%s</meta_attributes>"
            + "<primitive id='%s' class='ocf' provider='pacemaker' type='Stateful'><operations>"
            + "<op id='%s-a' name='monitor' interval='10s'/>"
            + "<op id='%s-b' name='monitor' interval='11s' role='Promoted'/></operations>"
            + "</primitive></clone>")
        .formatted(id, id, meta, primitive, primitive, primitive);
  }

  /** Anything: contradictory constraints, failures, lost nodes, half-finished operations. */
  static Cib broken(Random random) {
    Clusters clusters = Clusters.of("n1", "n2", "n3");
    if (random.nextInt(4) == 0) {
      clusters.withoutQuorum();
    }
    if (random.nextInt(3) == 0) {
      clusters.withoutFencing();
    }
    String[] policies = {"stop", "ignore", "freeze", "suicide", "demote", "nonsense"};
    clusters.property("no-quorum-policy", policies[random.nextInt(policies.length)]);
    clusters.property("symmetric-cluster", Boolean.toString(random.nextInt(5) > 0));
    clusters.property("maintenance-mode", Boolean.toString(random.nextInt(8) == 0));
    List<String> ids = resources(clusters, random);
    for (int i = 0; i < ids.size() * 2; i++) {
      String one = ids.get(random.nextInt(ids.size()));
      String other = random.nextInt(20) == 0 ? "nobody" : ids.get(random.nextInt(ids.size()));
      String[] scores = {"INFINITY", "-INFINITY", "100", "-100", "junk", "0"};
      String[] kinds = {"Mandatory", "Optional", "Serialize", "other"};
      String score = scores[random.nextInt(scores.length)];
      clusters.constraint(
          switch (random.nextInt(3)) {
            case 0 -> colocation(one, other, score);
            case 1 -> order(one, other, kinds[random.nextInt(kinds.length)]);
            default -> location(random, one, random.nextInt(400) - 200);
          });
    }
    for (String node : NODES) {
      clusters.state(node, nodeState(random), histories(random, node, ids));
    }
    return clusters.cib();
  }

  private static List<String> resources(Clusters clusters, Random random) {
    List<String> ids = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(3) == 0) {
        clusters.group("g" + i, "g" + i + "a", "g" + i + "b", "g" + i + "c");
        ids.add("g" + i);
      } else {
        clusters.primitive("r" + i, "priority=" + random.nextInt(3));
        ids.add("r" + i);
      }
    }
    return ids;
  }

  private static String location(Random random, String id, int score) {
    String node = NODES.get(random.nextInt(NODES.size()));
    return "<rsc_location id='l-%s-%d' rsc='%s' node='%s' score='%d'/>"
        .formatted(id, random.nextInt(1_000_000), id, node, score);
  }

  private static String colocation(String dependent, String primary, String score) {
    return "<rsc_colocation id='c-%s-%s' rsc='%s' with-rsc='%s' score='%s'/>"
        .formatted(dependent, primary, dependent, primary, score);
  }

  private static String order(String first, String then, String kind) {
    return "<rsc_order id='o-%s-%s' first='%s' then='%s' kind='%s'/>"
        .formatted(first, then, first, then, kind);
  }

  private static String nodeState(Random random) {
    String[] states = {
      "in_ccm='true' crmd='online' join='member' expected='member'",
      "in_ccm='true' crmd='online' join='member' expected='member'",
      "in_ccm='false' crmd='offline' join='down' expected='member'",
      "in_ccm='false' crmd='offline' join='down' expected='down'",
      "in_ccm='true' crmd='online' join='pending' expected='member'",
      "in_ccm='1700000000' crmd='0' join='banned'",
      ""
    };
    return states[random.nextInt(states.length)];
  }

  private static String histories(Random random, String node, List<String> ids) {
    StringBuilder xml = new StringBuilder("<lrm id='x'><lrm_resources>");
    List<String> known = new ArrayList<>(ids);
    known.add("removed");
    for (String id : known) {
      String primitive = id.startsWith("g") ? id + "abc".charAt(random.nextInt(3)) : id;
      if (random.nextInt(3) > 0) {
        xml.append(
            "<lrm_resource id='%s' class='ocf' provider='pacemaker' type='Dummy'>"
                .formatted(primitive));
        for (int i = random.nextInt(4); i > 0; i--) {
          xml.append(entry(random, node, primitive, i));
        }
        xml.append("</lrm_resource>");
      }
    }
    xml.append("</lrm_resources></lrm><transient_attributes id='x'><instance_attributes id='y'>");
    if (random.nextInt(4) == 0) {
      xml.append("<nvpair id='s' name='shutdown' value='1700000000'/>");
    }
    if (random.nextInt(4) == 0) {
      xml.append("<nvpair id='f' name='fail-count-r0#monitor_10000' value='INFINITY'/>");
    }
    return xml.append("</instance_attributes></transient_attributes>").toString();
  }

  private static String entry(Random random, String node, String id, int number) {
    String[] tasks = {"start", "stop", "monitor", "start", "migrate_to", "nonsense"};
    String task = tasks[random.nextInt(tasks.length)];
    int interval = task.equals("monitor") && random.nextBoolean() ? 10_000 : 0;
    int[] exitCodes = {0, 0, 0, 7, 1, 5, 6, 2, 190};
    int exitCode = exitCodes[random.nextInt(exitCodes.length)];
    int status = random.nextInt(6) == 0 ? random.nextInt(9) - 1 : 0;
    int expected = interval == 0 && task.equals("monitor") ? 7 : 0;
    return ("<lrm_rsc_op id='%s_%s_%d_%d' operation='%s' operation_key='%s_%s_%d' interval='%d'"
            + " call-id='%d' rc-code='%d' op-status='%d' on_node='%s' last-rc-change='1799999%d'"
            + " transition-key='1:1:%d:x'/>")
        .formatted(
            id,
            task,
            interval,
            number,
            task,
            id,
            task,
            interval,
            interval,
            random.nextInt(20),
            exitCode,
            status,
            node,
            100 + random.nextInt(800),
            expected);
  }

  /** Where the status says that a resource is active. */
  static List<String> activeOn(Cib cib, String resource) {
    List<String> nodes = new ArrayList<>();
    for (NodeState state : cib.status().nodes()) {
      for (ResourceHistory history : state.histories()) {
        if (history.id().equals(resource)
            && history.operations().stream()
                .anyMatch(each ->
                    each.id().endsWith("_last_0")
                        && "start".equals(each.attributes().get("operation")))) {
          nodes.add(state.uname());
        }
      }
    }
    return nodes;
  }
}
