package org.ringward.core.cib;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The XML attributes that elements of a cib may have, by the schema of Pacemaker 3
 * (reference/ecosystem.md, B12; reference/features-and-pains.md, 1.1). Used only to say which
 * attribute is not known; unknown ones are kept.
 */
final class Vocabulary {
  private static final List<String> SET = List.of("id", "id-ref", "score");

  /** Never iterated, only asked. */
  private static final Map<String, List<String>> ATTRIBUTES =
      Map.ofEntries(
          Map.entry("configuration", List.of()),
          Map.entry("crm_config", List.of()),
          Map.entry("nodes", List.of()),
          Map.entry("resources", List.of()),
          Map.entry("constraints", List.of()),
          Map.entry("fencing-topology", List.of()),
          Map.entry("rsc_defaults", List.of()),
          Map.entry("op_defaults", List.of()),
          Map.entry("status", List.of()),
          Map.entry("cluster_property_set", SET),
          Map.entry("meta_attributes", SET),
          Map.entry("instance_attributes", SET),
          Map.entry("utilization", SET),
          Map.entry("nvpair", List.of("id", "id-ref", "name", "value")),
          Map.entry("node", List.of("id", "uname", "type", "description", "score")),
          Map.entry(
              "primitive", List.of("id", "class", "provider", "type", "template", "description")),
          Map.entry("template", List.of("id", "class", "provider", "type", "description")),
          Map.entry("group", List.of("id", "description")),
          Map.entry("clone", List.of("id", "description")),
          Map.entry("bundle", List.of("id", "description")),
          Map.entry("operations", List.of("id", "id-ref")),
          Map.entry(
              "op",
              List.of(
                  "id",
                  "id-ref",
                  "name",
                  "interval",
                  "timeout",
                  "description",
                  "start-delay",
                  "interval-origin",
                  "enabled",
                  "record-pending",
                  "role",
                  "on-fail")),
          Map.entry(
              "rsc_location",
              List.of(
                  "id",
                  "rsc",
                  "rsc-pattern",
                  "node",
                  "score",
                  "role",
                  "resource-discovery",
                  "lifetime",
                  "author",
                  "reason",
                  "since")),
          Map.entry(
              "rsc_colocation",
              List.of(
                  "id",
                  "rsc",
                  "with-rsc",
                  "score",
                  "score-attribute",
                  "score-attribute-mangle",
                  "rsc-role",
                  "with-rsc-role",
                  "rsc-instance",
                  "with-rsc-instance",
                  "node-attribute",
                  "influence",
                  "lifetime")),
          Map.entry(
              "rsc_order",
              List.of(
                  "id",
                  "first",
                  "then",
                  "first-action",
                  "then-action",
                  "first-instance",
                  "then-instance",
                  "kind",
                  "score",
                  "symmetrical",
                  "require-all",
                  "lifetime")),
          Map.entry("rsc_ticket", List.of("id", "rsc", "rsc-role", "ticket", "loss-policy")),
          Map.entry(
              "fencing-level",
              List.of(
                  "id",
                  "target",
                  "target-pattern",
                  "target-attribute",
                  "target-value",
                  "index",
                  "devices")));

  private Vocabulary() {}

  /** What the element may have, null when any attribute is taken as it is. */
  static @Nullable List<String> attributesOf(String element) {
    return ATTRIBUTES.get(element);
  }
}
