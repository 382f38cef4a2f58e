package org.ringward.core.policy.actions;

import java.util.List;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Tasks;

/** Of two that must never share a node the one that leaves goes before the other comes. */
final class KeepingApart {
  private final Planning planning;

  KeepingApart(Planning planning) {
    this.planning = planning;
  }

  void order() {
    for (ColocationRule rule : planning.situation.colocations) {
      if (rule.score() <= -Scores.INFINITY) {
        apart(rule.dependent(), rule.dependentRole(), rule.primary(), rule.primaryRole());
        apart(rule.primary(), rule.primaryRole(), rule.dependent(), rule.dependentRole());
      }
    }
  }

  private void apart(
      PolicyResource leaving, Role leavingRole, PolicyResource coming, Role comingRole) {
    String goes =
        switch (leavingRole) {
          case PROMOTED -> Tasks.DEMOTE;
          case UNPROMOTED -> Tasks.PROMOTE;
          default -> Tasks.STOP;
        };
    String comes =
        switch (comingRole) {
          case PROMOTED -> Tasks.PROMOTE;
          case UNPROMOTED -> Tasks.DEMOTE;
          default -> Tasks.START;
        };
    if (leaving instanceof PrimitiveResource first && coming instanceof PrimitiveResource then) {
      primitives(first, goes, then, comes);
    } else if (sharesNode(leaving, coming)) {
      planning.orderings.order(
          leaving,
          CollectiveActions.end(leaving, goes),
          coming,
          comes,
          Flags.ORDERED | Flags.INTERNAL);
    }
  }

  private void primitives(
      PrimitiveResource first, String goes, PrimitiveResource then, String comes) {
    List<PlannedAction> comings = Planning.actionsOf(then, comes);
    for (PlannedAction start : comings) {
      for (PlannedAction action : first.actions) {
        boolean counts = action.isProbe() || (action.is(goes) && action.intervalMs == 0);
        if (counts && action.node == start.node) {
          planning.orderings.order(action, start, Flags.ORDERED);
        }
      }
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
}
