package org.ringward.core.policy;

import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Colocation;
import org.ringward.core.cib.Constraint;

/** Chapter 6: rsc_colocation, which resource is placed with or away from which. */
final class ColocationConstraints {
  private final Situation situation;

  private ColocationConstraints(Situation situation) {
    this.situation = situation;
  }

  static void unpack(Situation situation) {
    ColocationConstraints chapter = new ColocationConstraints(situation);
    for (Constraint constraint : situation.cib.configuration().constraints()) {
      if (constraint instanceof Colocation colocation) {
        chapter.unpack(colocation);
      }
    }
    for (PolicyResource resource : situation.resourcesById.values()) {
      resource.withOthers.sort(
          (a, b) -> Integer.compare(b.primary().priority, a.primary().priority));
      resource.othersWith.sort(
          (a, b) -> Integer.compare(b.dependent().priority, a.dependent().priority));
    }
  }

  private void unpack(Colocation colocation) {
    if (colocation.others().stream().anyMatch(other -> other.name().equals("resource_set"))) {
      situation.warnings.add("colocation " + colocation.id() + ": sets are not built yet");
      return;
    }
    PolicyResource dependent = resource(colocation, "rsc");
    PolicyResource primary = resource(colocation, "with-rsc");
    if (dependent == null || primary == null || dependent == primary) {
      return;
    }
    if (role(colocation, "rsc-role") || role(colocation, "with-rsc-role")) {
      return;
    }
    int score = Values.score(colocation.attributes().get("score"), 0);
    if (score == 0) {
      return;
    }
    add(
        new ColocationRule(
            colocation.id(),
            dependent,
            primary,
            score,
            colocation.attributes().get("node-attribute", "#uname"),
            true));
  }

  /**
   * Two resources that must not share a node never do so for a moment either: one starts on a node
   * when the other has stopped there, or was looked for in vain.
   */
  static void order(Situation situation) {
    for (PolicyResource resource : situation.resourcesById.values()) {
      for (ColocationRule rule : resource.withOthers) {
        if (rule.score() <= -Scores.INFINITY) {
          keepApart(rule.dependent(), rule.primary());
          keepApart(rule.primary(), rule.dependent());
        }
      }
    }
  }

  private static void keepApart(PolicyResource leaving, PolicyResource coming) {
    if (leaving instanceof PrimitiveResource first && coming instanceof PrimitiveResource then) {
      for (PlannedAction start : then.actionsOf(PlannedAction.START)) {
        for (PlannedAction action : first.actions) {
          boolean counts = action.isProbe() || action.is(PlannedAction.STOP);
          if (counts && action.node == start.node) {
            start.after(action, OrderFlags.ORDERED);
          }
        }
      }
      return;
    }
    if (sharesNode(leaving, coming)) {
      OrderConstraints.order(
          leaving,
          leaving.completed(PlannedAction.STOP),
          coming,
          PlannedAction.START,
          OrderFlags.ORDERED | OrderFlags.INTERNAL);
    }
  }

  private static boolean sharesNode(PolicyResource leaving, PolicyResource coming) {
    for (PrimitiveResource first : leaving.primitives()) {
      for (PrimitiveResource then : coming.primitives()) {
        if (then.assigned != null && first.runningOn.contains(then.assigned)) {
          return true;
        }
      }
    }
    return false;
  }

  static void add(ColocationRule rule) {
    rule.dependent().withOthers.add(rule);
    rule.primary().othersWith.add(rule);
  }

  /** Promotion is a matter of kinds of resources that are not built yet. */
  private static boolean role(Colocation colocation, String attribute) {
    return !colocation.attributes().get(attribute, "Started").equalsIgnoreCase("started");
  }

  private @Nullable PolicyResource resource(Colocation colocation, String attribute) {
    String id = colocation.attributes().get(attribute, "");
    PolicyResource resource = situation.resourcesById.get(id);
    if (resource == null && !situation.leftAside.contains(id)) {
      situation.warnings.add("colocation " + colocation.id() + ": there is no resource " + id);
    }
    return resource;
  }
}
