package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what is wrong with a configuration before a cluster gets it: what cannot be meant (ERROR),
 * and what most likely is not meant (WARNING). A configuration with an ERROR must not be taken.
 *
 * <p>Unknown names of options are errors when a known name is close, because then they are typing
 * errors; otherwise warnings, because agents keep values of their own there.
 */
public final class CibValidation {
  /** Elements whose id names another element instead of being one. */
  private static final List<String> REFERENCES = List.of("resource_ref", "obj_ref", "role", "node");

  private CibValidation() {}

  /** As {@link #validate(Configuration, SourceMap, List)} without lines and names of nodes. */
  public static List<Finding> validate(Configuration configuration, String fileName) {
    return validate(configuration, new SourceMap(fileName), List.of());
  }

  /** What was noted while reading, then what is wrong. */
  public static List<Finding> validate(ConfigurationReading reading, List<String> clusterNodes) {
    List<Finding> findings = new ArrayList<>(reading.notes());
    findings.addAll(validate(reading.configuration(), reading.sources(), clusterNodes));
    return List.copyOf(findings);
  }

  /**
   * Everything there is to say, in the order of the file.
   *
   * @param sources the lines, from the reader
   * @param clusterNodes names of the members of the cluster; when there are none, names are looked
   *     up among the nodes of the configuration, and an unknown one is a warning only
   */
  public static List<Finding> validate(
      Configuration configuration, SourceMap sources, List<String> clusterNodes) {
    FindingList findings = new FindingList(sources);
    KnownNodes nodes = KnownNodes.of(configuration, clusterNodes);
    ids(CibWriter.element(configuration), findings, new LinkedHashMap<>());
    characters(CibWriter.element(configuration), findings);
    OptionChecks options = new OptionChecks(findings);
    options.clusterProperties(configuration);
    options.defaults(configuration);
    nodes(configuration, options, findings);
    new ResourceChecks(configuration, findings, options).check();
    new RuleChecks(configuration, findings).check(CibWriter.element(configuration));
    new ConstraintChecks(configuration, nodes, findings).check();
    OrderCycles.find(configuration, findings);
    ColocationCircles.find(configuration, findings);
    AttributeChecks.check(configuration, findings);
    UtilizationChecks.check(configuration, findings);
    new FencingChecks(configuration, nodes, findings).check();
    sections(configuration, findings);
    return findings.sorted();
  }

  /** Every element that must have an id has one, a good one, of its own. */
  private static void ids(
      Element element, FindingList findings, Map<String, Attributes> firstWithId) {
    Attributes attributes = element.attributes();
    String id = attributes.get("id");
    if (id != null && !REFERENCES.contains(element.name())) {
      Attributes first = firstWithId.putIfAbsent(id, attributes);
      if (first != null) {
        int line = findings.line(first);
        String where = line > 0 ? ", first in line " + line : "";
        findings.error(element, "the id " + id + " is given twice" + where);
      } else if (!Ids.isId(id)) {
        findings.error(
            element,
            "the id \""
                + id
                + "\" is not a name; allowed are letters, digits, '_', '-' and '.',"
                + " first a letter or '_'");
      }
    } else if (id == null && needsId(element)) {
      findings.error(element, "<" + element.name() + "> has no id");
    }
    for (Element child : element.children()) {
      ids(child, findings, firstWithId);
    }
  }

  private static boolean needsId(Element element) {
    if (element.attributes().has("id-ref")) {
      return false;
    }
    return switch (element.name()) {
      case "node",
          "primitive",
          "group",
          "clone",
          "master",
          "bundle",
          "template",
          "op",
          "nvpair",
          "cluster_property_set",
          "meta_attributes",
          "instance_attributes",
          "utilization",
          "rsc_location",
          "rsc_colocation",
          "rsc_order",
          "rsc_ticket",
          "fencing-level" ->
          true;
      default -> false;
    };
  }

  /** What XML cannot carry would be lost on the way to the other nodes. */
  private static void characters(Element element, FindingList findings) {
    for (Map.Entry<String, String> each : element.attributes().map().entrySet()) {
      if (!XmlText.isWritable(each.getValue())) {
        findings.error(
            element, each.getKey() + " of " + Names.of(element) + " has a control character");
      }
    }
    for (Element child : element.children()) {
      characters(child, findings);
    }
  }

  private static void nodes(
      Configuration configuration, OptionChecks options, FindingList findings) {
    Map<String, NodeEntry> byName = new LinkedHashMap<>();
    Map<String, NodeEntry> byId = new LinkedHashMap<>();
    for (NodeEntry node : configuration.nodes()) {
      String key = "node " + node.uname();
      if (byName.put(node.uname(), node) != null) {
        findings.error(node.attributes(), key, "node " + node.uname() + " is given twice");
      } else if (byId.put(node.id(), node) != null) {
        findings.error(node.attributes(), key, "two nodes have the id " + node.id());
      }
      String type = node.attributes().get("type", "member");
      if (!List.of("member", "normal", "remote").contains(type)) {
        findings.error(
            node.attributes(), key, key + " has the type " + type + "; allowed: member, remote");
      }
      for (AttributeSet set : node.sets()) {
        if (set.element().equals("instance_attributes")) {
          options.check(ResourceOptions.NODE, key, set, OptionChecks.Unknown.FREE);
        }
      }
    }
  }

  private static void sections(Configuration configuration, FindingList findings) {
    boolean acl = ClusterProperties.of(configuration).isTrue("enable-acl");
    for (Element other : configuration.others()) {
      switch (other.name()) {
        case "acls" -> {
          if (acl) {
            findings.error(
                other, "enable-acl is true, but this version does not enforce access rules yet");
          } else {
            findings.warning(other, "access rules (acls) have no effect in this version");
          }
        }
        case "alerts" -> AlertSection.check(other, findings);
        default -> {}
      }
    }
  }
}
