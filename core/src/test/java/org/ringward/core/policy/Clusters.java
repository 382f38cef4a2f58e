package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;

/** Writes small clusters for tests, a line for each thing. */
final class Clusters {
  static final long NOW = 1_800_000_000L;

  private final List<String> nodes = new ArrayList<>();
  private final StringBuilder properties = new StringBuilder();
  private final StringBuilder resources = new StringBuilder();
  private final StringBuilder constraints = new StringBuilder();
  private final StringBuilder states = new StringBuilder();
  private final StringBuilder defaults = new StringBuilder();
  private boolean quorum = true;
  private boolean fencing = true;

  /** A cluster of online nodes with a fencing device that has run everywhere. */
  static Clusters of(String... names) {
    Clusters cluster = new Clusters();
    cluster.nodes.addAll(List.of(names));
    return cluster;
  }

  Clusters withoutQuorum() {
    quorum = false;
    return this;
  }

  Clusters withoutFencing() {
    fencing = false;
    return property("fencing-enabled", "false");
  }

  Clusters withoutFencingDevice() {
    fencing = false;
    return this;
  }

  Clusters property(String name, String value) {
    properties.append("<nvpair id='p-%s' name='%s' value='%s'/>".formatted(name, name, value));
    return this;
  }

  Clusters resourceDefault(String name, String value) {
    defaults.append("<nvpair id='d-%s' name='%s' value='%s'/>".formatted(name, name, value));
    return this;
  }

  /** A primitive with a monitor every 10 s; meta holds NAME=VALUE. */
  Clusters primitive(String id, String... meta) {
    resources.append(primitiveXml(id, meta));
    return this;
  }

  Clusters group(String id, String... members) {
    resources.append("<group id='%s'>".formatted(id));
    for (String member : members) {
      resources.append(primitiveXml(member));
    }
    resources.append("</group>");
    return this;
  }

  Clusters xmlResource(String xml) {
    resources.append(xml);
    return this;
  }

  private static String primitiveXml(String id, String... meta) {
    StringBuilder xml = new StringBuilder();
    xml.append("<primitive id='%s' class='ocf' provider='pacemaker' type='Dummy'>".formatted(id));
    if (meta.length > 0) {
      xml.append("<meta_attributes id='%s-meta'>".formatted(id));
      for (String each : meta) {
        String[] parts = each.split("=", 2);
        xml.append(
            "<nvpair id='%s-%s' name='%s' value='%s'/>"
                .formatted(id, parts[0], parts[0], parts[1]));
      }
      xml.append("</meta_attributes>");
    }
    xml.append("<operations><op id='%s-m' name='monitor' interval='10s'/>".formatted(id));
    return xml.append("</operations></primitive>").toString();
  }

  Clusters constraint(String xml) {
    constraints.append(xml);
    return this;
  }

  /** Replaces the state of a node: attributes of node_state and what is inside. */
  Clusters state(String node, String attributes, String inside) {
    states.append(
        "<node_state id='%s' uname='%s' %s>%s</node_state>"
            .formatted(nodes.indexOf(node) + 1, node, attributes, inside));
    return this;
  }

  Cib cib() {
    StringBuilder xml = new StringBuilder();
    xml.append("<cib have-quorum='%s' validate-with='pacemaker-4.0'>".formatted(quorum));
    xml.append("<configuration><crm_config><cluster_property_set id='o'>").append(properties);
    xml.append("</cluster_property_set></crm_config><nodes>");
    for (int i = 0; i < nodes.size(); i++) {
      xml.append("<node id='%d' uname='%s'/>".formatted(i + 1, nodes.get(i)));
    }
    xml.append("</nodes><resources>").append(resources);
    if (fencing) {
      xml.append("<primitive id='Fencing' class='stonith' type='fence_test'/>");
    }
    xml.append("</resources><constraints>").append(constraints).append("</constraints>");
    xml.append("<rsc_defaults><meta_attributes id='d'>").append(defaults);
    xml.append("</meta_attributes></rsc_defaults></configuration><status>").append(states);
    for (int i = 0; i < nodes.size(); i++) {
      if (!states.toString().contains("uname='" + nodes.get(i) + "'")) {
        xml.append(
            "<node_state id='%d' uname='%s' in_ccm='true' crmd='online' join='member' expected='member'/>"
                .formatted(i + 1, nodes.get(i)));
      }
    }
    return CibXml.read("test.xml", xml.append("</status></cib>").toString());
  }

  /** The cluster after everything that was planned went well, until nothing is planned. */
  Cib settled() {
    return settle(cib());
  }

  static Cib settle(Cib cib) {
    Cib current = cib;
    for (int round = 0; round < 10; round++) {
      Schedule schedule = Scheduler.schedule(current, NOW);
      if (schedule.graph().isEmpty()) {
        return current;
      }
      current = GraphSimulation.apply(current, schedule.graph(), NOW);
    }
    throw new AssertionError(
        "the cluster does not settle: "
            + plan(current)
            + Graphs.keys(Scheduler.schedule(current, NOW).graph()));
  }

  /** The changes in short: RESOURCE ACTION FROM>TO. */
  static List<String> plan(Cib cib) {
    List<String> lines = new ArrayList<>();
    for (Schedule.PlannedChange change : Scheduler.schedule(cib, NOW).changes()) {
      String way =
          change.from().isEmpty() || change.to().isEmpty() || change.from().equals(change.to())
              ? (change.from().isEmpty() ? change.to() : change.from())
              : change.from() + ">" + change.to();
      String blocked = change.blocked() ? " blocked" : "";
      lines.add(change.resource() + " " + change.action() + " " + way + blocked);
    }
    return lines;
  }
}
