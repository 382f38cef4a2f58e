package org.ringward.core.policy.actions;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.ringward.core.policy.model.PlannedAction;

/**
 * Makes the graph free of loops, which contradictory orderings can cause. In a loop the weakest
 * ordering gives way, so that the rest can be done.
 */
final class LoopBreaker {
  private LoopBreaker() {}

  static void run(List<PlannedAction> actions) {
    int[] missing = new int[actions.size() + 1];
    int open = 0;
    Deque<PlannedAction> ready = new ArrayDeque<>();
    for (PlannedAction action : actions) {
      if (GraphBuilder.included(action)) {
        open++;
        for (PlannedAction.Edge edge : action.before) {
          if (GraphBuilder.counts(edge)) {
            missing[action.id]++;
          }
        }
        if (missing[action.id] == 0) {
          ready.add(action);
        }
      }
    }
    boolean[] done = new boolean[missing.length];
    while (open > 0) {
      PlannedAction action = ready.poll();
      if (action == null) {
        PlannedAction.Edge weakest = weakest(actions, done, missing);
        weakest.then.before.remove(weakest);
        weakest.first.after.remove(weakest);
        if (--missing[weakest.then.id] == 0) {
          ready.add(weakest.then);
        }
        continue;
      }
      done[action.id] = true;
      open--;
      for (PlannedAction.Edge edge : action.after) {
        if (GraphBuilder.counts(edge) && --missing[edge.then.id] == 0) {
          ready.add(edge.then);
        }
      }
    }
  }

  /** An edge of a loop: found by walking back from what waits, until a place comes again. */
  private static PlannedAction.Edge weakest(
      List<PlannedAction> actions, boolean[] done, int[] missing) {
    PlannedAction at = null;
    for (PlannedAction action : actions) {
      if (GraphBuilder.included(action) && !done[action.id] && missing[action.id] > 0) {
        at = action;
        break;
      }
    }
    List<PlannedAction.Edge> way = new ArrayList<>();
    List<PlannedAction> places = new ArrayList<>();
    Set<PlannedAction> seen = new LinkedHashSet<>();
    while (at != null && seen.add(at)) {
      places.add(at);
      PlannedAction from = at;
      at = null;
      for (PlannedAction.Edge edge : from.before) {
        if (GraphBuilder.counts(edge) && !done[edge.first.id]) {
          way.add(edge);
          at = edge.first;
          break;
        }
      }
    }
    if (at == null) {
      throw new IllegalStateException("an action waits for nothing and is not ready");
    }
    PlannedAction.Edge weakest = null;
    for (PlannedAction.Edge edge : way.subList(places.indexOf(at), way.size())) {
      if (weakest == null || strength(edge) < strength(weakest)) {
        weakest = edge;
      }
    }
    return Objects.requireNonNull(weakest);
  }

  private static int strength(PlannedAction.Edge edge) {
    if (edge.first.resource == null && edge.first.pseudo) {
      return 0;
    }
    if (edge.first.resource == edge.then.resource || edge.first.resource == null) {
      return 3;
    }
    return Flags.binds(edge.flags) ? 2 : 1;
  }
}
