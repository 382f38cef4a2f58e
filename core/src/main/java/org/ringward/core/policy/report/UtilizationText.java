package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.rule.RuleInput;
import org.ringward.core.policy.rule.Rules;

/** What nodes can carry, and what resources take of it. */
public final class UtilizationText {
  private UtilizationText() {}

  /** One line for each node; before assignment its whole capacity, afterwards what is left. */
  public static List<String> capacities(String when, Situation situation) {
    List<String> lines = new ArrayList<>();
    for (PolicyNode node : situation.nodes) {
      lines.add(when + ": " + node.name + " capacity:" + values(node.capacity));
    }
    return lines;
  }

  /** One line for each resource that was given a node. */
  public static List<String> demands(Situation situation, Rules rules) {
    List<String> lines = new ArrayList<>();
    for (PrimitiveResource resource : situation.primitives()) {
      if (resource.assigned != null) {
        Map<String, String> taken =
            new TreeMap<>(rules.values(resource.element, "utilization", RuleInput.NONE));
        lines.add(
            "pcmk__assign_resource: "
                + resource.id
                + " utilization on "
                + resource.assigned.name
                + ":"
                + values(taken));
      }
    }
    return lines;
  }

  private static String values(Map<String, ?> values) {
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }
}
