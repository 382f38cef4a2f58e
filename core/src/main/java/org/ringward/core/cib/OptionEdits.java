package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibEdits.Edit;

/**
 * What the commands on options of the cluster, defaults and attributes of nodes change; pure, and
 * refused as in ResourceEdits. An empty value takes a name away.
 */
public final class OptionEdits {
  private OptionEdits() {}

  /**
   * With options of the cluster.
   *
   * @param unknownToo whether names are taken that nothing knows
   */
  public static Edit properties(Configuration now, Map<String, String> values, boolean unknownToo) {
    Configuration changed = now;
    for (Map.Entry<String, String> each : values.entrySet()) {
      String name = each.getKey();
      if (!unknownToo && now.property(name) == null) {
        require("option of the cluster", name, ClusterProperties.ALL);
      }
      if (each.getValue().isEmpty() && now.property(name) == null) {
        throw Known.unknown("option set with the name", name, names(now.properties()));
      }
      changed =
          each.getValue().isEmpty()
              ? changed.withoutProperty(name)
              : changed.withProperty(name, each.getValue());
    }
    return new Edit(changed, summary(values));
  }

  /** With defaults for meta attributes of resources. */
  public static Edit resourceDefaults(Configuration now, Map<String, String> values) {
    values.keySet().forEach(name -> require("meta attribute", name, ResourceOptions.META));
    return new Edit(
        now.withDefaults(
            ResourceEdits.pairs("rsc_defaults", now.resourceDefaults(), "meta_attributes", values),
            now.operationDefaults()),
        summary(values));
  }

  /** With defaults for options of operations. */
  public static Edit operationDefaults(Configuration now, Map<String, String> values) {
    values.keySet().forEach(name -> require("option", name, ResourceOptions.OPERATION));
    return new Edit(
        now.withDefaults(
            now.resourceDefaults(),
            ResourceEdits.pairs("op_defaults", now.operationDefaults(), "meta_attributes", values)),
        summary(values));
  }

  /** With permanent attributes of a node. */
  public static Edit attributes(Configuration now, String node, Map<String, String> values) {
    return node(now, node, "instance_attributes", values);
  }

  /** With capacities of a node. */
  public static Edit utilization(Configuration now, String node, Map<String, String> values) {
    values.forEach((name, value) -> {
      if (!value.matches("-?[0-9]{0,18}")) {
        throw new OperatorException(
            ExitCode.USAGE,
            "the capacity %s is '%s'; a whole number is needed".formatted(name, value));
      }
    });
    return node(now, node, "utilization", values);
  }

  private static Edit node(
      Configuration now, String name, String element, Map<String, String> values) {
    NodeEntry node = Known.node(now, name);
    String owner = "nodes-" + node.id();
    List<AttributeSet> sets = node.sets();
    for (Map.Entry<String, String> each : values.entrySet()) {
      sets =
          each.getValue().isEmpty()
              ? Sets.without(sets, element, each.getKey())
              : Sets.with(
                  sets,
                  element,
                  element.equals("utilization") ? owner + "-utilization" : owner,
                  each.getKey(),
                  each.getValue());
    }
    return new Edit(
        now.withNode(node.withSets(sets)), "%s: %s".formatted(node.uname(), summary(values)));
  }

  private static void require(String kind, String name, OptionList known) {
    if (known.find(name) == null) {
      String nearest = known.nearest(name);
      throw new OperatorException(
          ExitCode.USAGE,
          "there is no %s '%s'%s"
              .formatted(
                  kind,
                  name,
                  nearest == null
                      ? " (docs/configuration.md lists them; --force takes it all the same)"
                      : "; did you mean " + nearest + "?"));
    }
  }

  private static List<String> names(List<AttributeSet> sets) {
    List<String> names = new ArrayList<>();
    sets.forEach(set -> set.pairs().forEach(pair -> names.add(pair.name())));
    return names;
  }

  private static String summary(Map<String, String> values) {
    List<String> said = new ArrayList<>();
    values.forEach((name, value) ->
        said.add(value.isEmpty() ? "removed " + name : "set " + name + " to " + value));
    return String.join(", ", said);
  }
}
