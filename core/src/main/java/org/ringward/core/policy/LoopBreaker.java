package org.ringward.core.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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
      if (action.scheduled()) {
        open++;
        for (PlannedAction.Edge edge : action.before) {
          if (edge.first().scheduled()) {
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
        remove(weakest);
        if (--missing[weakest.then().id] == 0) {
          ready.add(weakest.then());
        }
        continue;
      }
      done[action.id] = true;
      open--;
      for (PlannedAction.Edge edge : action.after) {
        if (edge.then().scheduled() && --missing[edge.then().id] == 0) {
          ready.add(edge.then());
        }
      }
    }
  }

  /** An edge of a loop: found by walking back from what waits, until a place comes again. */
  private static PlannedAction.Edge weakest(
      List<PlannedAction> actions, boolean[] done, int[] missing) {
    PlannedAction at = null;
    for (PlannedAction action : actions) {
      if (action.scheduled() && !done[action.id] && missing[action.id] > 0) {
        at = action;
        break;
      }
    }
    List<PlannedAction.Edge> way = new ArrayList<>();
    List<PlannedAction> places = new ArrayList<>();
    while (at != null && !places.contains(at)) {
      places.add(at);
      PlannedAction from = at;
      at = null;
      for (PlannedAction.Edge edge : from.before) {
        if (edge.first().scheduled() && !done[edge.first().id]) {
          way.add(edge);
          at = edge.first();
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
    return java.util.Objects.requireNonNull(weakest);
  }

  private static int strength(PlannedAction.Edge edge) {
    int binding =
        OrderFlags.FIRST_IMPLIES_THEN
            | OrderFlags.THEN_IMPLIES_FIRST
            | OrderFlags.UNRUNNABLE_FIRST_BLOCKS
            | OrderFlags.RESTART;
    if (edge.first().resource == edge.then().resource || edge.first().resource == null) {
      return 3;
    }
    return OrderFlags.has(edge.flags(), binding) ? 2 : 1;
  }

  private static void remove(PlannedAction.Edge edge) {
    edge.then().before.remove(edge);
    edge.first().after.remove(edge);
  }
}
