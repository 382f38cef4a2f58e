package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Circles of mandatory orders: no action in one could ever be done. A group counts as its members,
 * one after another.
 */
final class OrderCycles {
  private final Configuration configuration;

  /** Each action and what must follow it, with the constraint or group that says so. */
  private final Map<String, Map<String, String>> after = new TreeMap<>();

  private final Map<String, Attributes> places = new LinkedHashMap<>();

  private OrderCycles(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Reports one circle, if there is any: others often share members with it. */
  static void find(Configuration configuration, FindingList findings) {
    OrderCycles cycles = new OrderCycles(configuration);
    cycles.collect();
    List<String> circle = Circle.in(cycles.after);
    if (circle.isEmpty()) {
      return;
    }
    List<String> causes = new ArrayList<>();
    for (int i = 0; i + 1 < circle.size(); i++) {
      String cause = cycles.follows(circle.get(i)).getOrDefault(circle.get(i + 1), "");
      if (!causes.contains(cause)) {
        causes.add(cause);
      }
    }
    Attributes where = cycles.places.getOrDefault(causes.getLast(), Attributes.NONE);
    for (String cause : causes) {
      where = cause.startsWith("order ") ? cycles.places.getOrDefault(cause, where) : where;
    }
    findings.error(
        where,
        causes.getLast(),
        "mandatory orders make a circle: "
            + String.join(", then ", circle)
            + " (by "
            + String.join(", ", causes)
            + ")");
  }

  private void collect() {
    for (Resource each : configuration.resources()) {
      Resource resource = each instanceof Clone clone ? clone.child() : each;
      if (resource instanceof Group group && Booleans.isTrue(group.meta("ordered"), true)) {
        for (int i = 0; i + 1 < group.members().size(); i++) {
          String one = group.members().get(i).id();
          String next = group.members().get(i + 1).id();
          both(one, "start", next, "start", true, "group " + group.id(), group.attributes());
        }
      }
    }
    for (Constraint constraint : configuration.constraints()) {
      if (constraint instanceof Order order && isMandatory(order)) {
        order(order);
      }
    }
  }

  private static boolean isMandatory(Order order) {
    String kind = order.attributes().get("kind");
    String score = order.attributes().get("score");
    if (kind == null && score != null) {
      return Score.parse(score).orElse(0) != 0;
    }
    return order.others().isEmpty() && (kind == null || kind.equals("Mandatory"));
  }

  private void order(Order order) {
    Attributes a = order.attributes();
    String firstAction = a.get("first-action", "start");
    String thenAction = a.get("then-action", firstAction);
    boolean symmetrical = Booleans.isTrue(a.get("symmetrical"), true);
    for (String first : members(a.get("first", ""))) {
      for (String then : members(a.get("then", ""))) {
        both(first, firstAction, then, thenAction, symmetrical, "order " + order.id(), a);
      }
    }
  }

  private List<String> members(String resource) {
    return configuration.resource(resource) instanceof Group group
        ? group.members().stream().map(Primitive::id).toList()
        : List.of(resource);
  }

  private void both(
      String first,
      String firstAction,
      String then,
      String thenAction,
      boolean symmetrical,
      String cause,
      Attributes where) {
    places.put(cause, where);
    edge(firstAction + " " + first, thenAction + " " + then, cause);
    String firstUndone = undone(firstAction);
    String thenUndone = undone(thenAction);
    if (symmetrical && firstUndone != null && thenUndone != null) {
      edge(thenUndone + " " + then, firstUndone + " " + first, cause);
    }
  }

  private void edge(String from, String to, String cause) {
    if (!from.equals(to)) {
      after.computeIfAbsent(from, _ -> new TreeMap<>()).putIfAbsent(to, cause);
    }
  }

  private static @Nullable String undone(String action) {
    return switch (action) {
      case "start" -> "stop";
      case "stop" -> "start";
      case "promote" -> "demote";
      case "demote" -> "promote";
      default -> null;
    };
  }

  private Map<String, String> follows(String action) {
    return after.getOrDefault(action, Map.of());
  }
}
