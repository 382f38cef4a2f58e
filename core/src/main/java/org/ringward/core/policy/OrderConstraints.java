package org.ringward.core.policy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Constraint;
import org.ringward.core.cib.Order;

/** Chapter 9: rsc_order, which action of which resource comes first. */
final class OrderConstraints {
  private final Situation situation;

  private OrderConstraints(Situation situation) {
    this.situation = situation;
  }

  static void apply(Situation situation) {
    OrderConstraints chapter = new OrderConstraints(situation);
    for (Constraint constraint : situation.cib.configuration().constraints()) {
      if (constraint instanceof Order order) {
        chapter.apply(order);
      }
    }
  }

  private enum Kind {
    MANDATORY,
    OPTIONAL,
    SERIALIZE
  }

  private void apply(Order order) {
    if (order.others().stream().anyMatch(other -> other.name().equals("resource_set"))) {
      situation.warnings.add("order " + order.id() + ": sets are not built yet");
      return;
    }
    PolicyResource first = resource(order, "first");
    PolicyResource then = resource(order, "then");
    if (first == null || then == null || first == then) {
      return;
    }
    Kind kind = kind(order);
    String firstAction = order.attributes().get("first-action", PlannedAction.START);
    String thenAction = order.attributes().get("then-action", firstAction);
    if (kind == Kind.SERIALIZE) {
      serialize(first, then);
      return;
    }
    boolean symmetrical = Values.truth(order.attributes().get("symmetrical"), true);
    int flags = OrderFlags.ORDERED;
    if (kind == Kind.MANDATORY) {
      if (!symmetrical) {
        flags = OrderFlags.ASYMMETRIC;
      } else if (firstAction.equals(PlannedAction.START) || firstAction.equals("promote")) {
        flags = OrderFlags.FIRST_IMPLIES_THEN | OrderFlags.UNRUNNABLE_FIRST_BLOCKS;
      } else {
        flags = OrderFlags.FIRST_IMPLIES_THEN;
      }
    }
    order(first, first.completed(firstAction), then, thenAction, flags | OrderFlags.AFTER_PROBES);
    String inverseFirst = inverse(thenAction);
    String inverseThen = inverse(firstAction);
    if (symmetrical && inverseFirst != null && inverseThen != null) {
      int back = kind == Kind.MANDATORY ? OrderFlags.THEN_IMPLIES_FIRST : OrderFlags.ORDERED;
      order(then, then.completed(inverseFirst), first, inverseThen, back | OrderFlags.AFTER_PROBES);
    }
  }

  private static Kind kind(Order order) {
    String text = order.attributes().get("kind");
    if (text == null) {
      String score = order.attributes().get("score");
      return Values.score(score, Scores.INFINITY) == 0 ? Kind.OPTIONAL : Kind.MANDATORY;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "optional" -> Kind.OPTIONAL;
      case "serialize" -> Kind.SERIALIZE;
      default -> Kind.MANDATORY;
    };
  }

  private static @Nullable String inverse(String action) {
    return switch (action) {
      case PlannedAction.START -> PlannedAction.STOP;
      case PlannedAction.STOP -> PlannedAction.START;
      default -> null;
    };
  }

  /** Whatever the two do, they do it one after the other. */
  private static void serialize(PolicyResource first, PolicyResource then) {
    for (String one : List.of(PlannedAction.START, PlannedAction.STOP)) {
      for (String other : List.of(PlannedAction.START, PlannedAction.STOP)) {
        order(first, first.completed(one), then, other, OrderFlags.ORDERED);
      }
    }
  }

  private @Nullable PolicyResource resource(Order order, String attribute) {
    String id = order.attributes().get(attribute, "");
    PolicyResource resource = situation.resourcesById.get(id);
    if (resource == null && !situation.leftAside.contains(id)) {
      situation.warnings.add("order " + order.id() + ": there is no resource " + id);
    }
    return resource;
  }

  /**
   * Orders all actions of one kind before all of another. A start that is not planned still counts
   * as something to wait for; a stop of what does not run does not.
   */
  static void order(
      PolicyResource first, String firstTask, PolicyResource then, String thenTask, int flags) {
    List<PlannedAction> after = then.actionsOf(thenTask);
    if (after.isEmpty()) {
      return;
    }
    List<PlannedAction> before = first.actionsOf(firstTask);
    if (before.isEmpty()
        && firstTask.equals(PlannedAction.START)
        && first instanceof PrimitiveResource primitive) {
      before = List.of(PrimitiveActions.placeless(primitive, firstTask));
    }
    for (PlannedAction other : after) {
      for (PlannedAction each : before) {
        other.after(each, flags);
      }
      boolean probes = OrderFlags.has(flags, OrderFlags.AFTER_PROBES);
      if (probes
          && firstTask.equals(PlannedAction.STOP)
          && first instanceof PrimitiveResource primitive) {
        first.situation.stopOrders.add(new Situation.StopOrder(primitive, other));
      }
    }
  }
}
