package org.ringward.core.cib;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What the YAML form calls things, for its reader and its writer. */
final class YamlForm {
  static final String XML = "xml";
  static final List<String> TOP =
      List.of(
          "properties",
          "nodes",
          "resources",
          "constraints",
          "fencing-topology",
          "resource-defaults",
          "operation-defaults",
          XML);
  static final List<String> NODE_ATTRIBUTES = List.of("id", "type", "description");
  static final List<String> NODE_SWITCHES = List.of("standby", "maintenance");
  static final List<String> NODE =
      List.of("id", "type", "description", "standby", "maintenance", "attributes", "utilization");
  static final List<String> PRIMITIVE =
      List.of(
          "primitive",
          "agent",
          "template",
          "description",
          "parameters",
          "meta",
          "utilization",
          "operations");
  static final List<String> TEMPLATE =
      List.of(
          "template", "agent", "description", "parameters", "meta", "utilization", "operations");
  static final List<String> CLONE =
      List.of("clone", "description", "parameters", "meta", "utilization", "resource");

  /** The parts of a bundle have keys and values as in XML. */
  static final List<String> BUNDLE =
      List.of(
          "bundle",
          "description",
          "parameters",
          "meta",
          "utilization",
          "docker",
          "podman",
          "network",
          "storage",
          "resource");

  /** Parts of a bundle that have mappings: the key of their list, and the element of each. */
  static final Map<String, List<String>> MAPPINGS =
      Map.of(
          "network", List.of("ports", "port-mapping"),
          "storage", List.of("mounts", "storage-mapping"));

  static final List<String> GROUP =
      List.of("group", "description", "parameters", "meta", "utilization", "members");

  /** Attributes of op as they are, beside name and interval. */
  static final List<String> OPERATION_ATTRIBUTES =
      List.of(
          "id",
          "timeout",
          "on-fail",
          "role",
          "enabled",
          "start-delay",
          "interval-origin",
          "record-pending",
          "description");

  static final List<String> OPERATION =
      List.of(
          "name",
          "interval",
          "id",
          "timeout",
          "on-fail",
          "role",
          "enabled",
          "start-delay",
          "interval-origin",
          "record-pending",
          "description",
          "parameters",
          "meta");
  static final List<String> LEVEL =
      List.of(
          "id", "target", "target-pattern", "target-attribute", "target-value", "index", "devices");

  /** The key of a set under a resource, node or operation. */
  static final Map<String, String> SET_OF_KEY =
      Map.of(
          "parameters",
          "instance_attributes",
          "attributes",
          "instance_attributes",
          "meta",
          "meta_attributes",
          "utilization",
          "utilization");

  /** Keys of a constraint in the YAML form, and the XML attributes they stand for, in turn. */
  static final List<String> LOCATION =
      List.of(
          "id", "id",
          "resource", "rsc",
          "node", "node",
          "score", "score",
          "role", "role",
          "resource-discovery", "resource-discovery",
          "author", "author",
          "reason", "reason",
          "since", "since");

  static final List<String> COLOCATION =
      List.of(
          "id", "id",
          "resource", "rsc",
          "with", "with-rsc",
          "score", "score",
          "resource-role", "rsc-role",
          "with-role", "with-rsc-role",
          "influence", "influence",
          "node-attribute", "node-attribute");

  static final List<String> ORDER =
      List.of(
          "id", "id",
          "first", "first",
          "then", "then",
          "first-action", "first-action",
          "then-action", "then-action",
          "kind", "kind",
          "symmetrical", "symmetrical",
          "require-all", "require-all");

  static final List<String> TICKET =
      List.of(
          "id", "id",
          "resource", "rsc",
          "ticket", "ticket",
          "role", "rsc-role",
          "loss-policy", "loss-policy");

  private YamlForm() {}

  /** The keys of a table of keys and attributes. */
  static List<String> keys(List<String> table) {
    return everySecond(table, 0);
  }

  /** The attributes of a table of keys and attributes. */
  static List<String> attributes(List<String> table) {
    return everySecond(table, 1);
  }

  private static List<String> everySecond(List<String> table, int from) {
    return IntStream.range(0, table.size() / 2).mapToObj(i -> table.get(2 * i + from)).toList();
  }
}
