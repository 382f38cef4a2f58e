package org.ringward.core.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 15: orderings make actions required, or take them out. Every change wakes the actions
 * around it, until nothing changes any more; as actions only ever become required and only ever
 * become unrunnable, that comes to an end.
 */
final class OrderingEngine {
  private final Deque<PlannedAction> waiting = new ArrayDeque<>();

  private OrderingEngine() {}

  static void run(Situation situation) {
    OrderingEngine engine = new OrderingEngine();
    for (PlannedAction action : situation.actions) {
      engine.wake(action);
    }
    while (true) {
      PlannedAction action = engine.waiting.poll();
      if (action == null) {
        return;
      }
      action.queued = false;
      engine.update(action);
    }
  }

  private void wake(PlannedAction action) {
    if (!action.queued) {
      action.queued = true;
      waiting.add(action);
    }
  }

  private void update(PlannedAction action) {
    if (action.resource instanceof GroupResource group
        && action.optional
        && GroupActions.demanded(group, action)) {
      require(action, null, null);
    }
    for (int i = 0; i < action.before.size(); i++) {
      apply(action.before.get(i));
    }
    for (int i = 0; i < action.after.size(); i++) {
      apply(action.after.get(i));
    }
  }

  private void apply(PlannedAction.Edge edge) {
    int flags = edge.flags();
    PlannedAction first = edge.first();
    PlannedAction then = edge.then();
    if (!OrderFlags.has(flags, OrderFlags.INTERNAL)) {
      if (then.resource instanceof GroupResource group) {
        for (PrimitiveResource member : group.members) {
          for (PlannedAction each : member.actionsOf(then.task)) {
            between(first, each, flags);
          }
        }
      }
      if (first.resource instanceof GroupResource group
          && !then.optional
          && OrderFlags.has(flags, OrderFlags.THEN_IMPLIES_FIRST)) {
        stopMembers(group, first, then);
      }
    }
    between(first, then, flags);
  }

  private void stopMembers(GroupResource group, PlannedAction first, PlannedAction then) {
    boolean stops = first.is(PlannedAction.STOPPED) || first.is(PlannedAction.STOP);
    String task = stops ? PlannedAction.STOP : PlannedAction.START;
    for (PrimitiveResource member : group.members) {
      for (PlannedAction each : member.actionsOf(task)) {
        require(each, then, "required " + describe(then));
      }
    }
  }

  private void between(PlannedAction first, PlannedAction then, int flags) {
    if (OrderFlags.has(flags, OrderFlags.ASYMMETRIC)) {
      asymmetric(first, then);
      return;
    }
    if (OrderFlags.has(flags, OrderFlags.THEN_IMPLIES_FIRST)) {
      if (!then.optional) {
        require(first, then, "required " + describe(then));
      }
      if (!first.runnable && !first.optional) {
        block(then, first);
      }
    }
    if (OrderFlags.has(flags, OrderFlags.FIRST_IMPLIES_THEN)) {
      if (!first.optional && first.runnable) {
        require(then, first, "required " + describe(first));
      }
      boolean sameResource = OrderFlags.has(flags, OrderFlags.RESTART);
      if (!sameResource && first.is(PlannedAction.STOP) && !first.runnable && unmanaged(first)) {
        block(then, first);
      }
    }
    if (OrderFlags.has(flags, OrderFlags.UNRUNNABLE_FIRST_BLOCKS) && !first.runnable) {
      block(then, first);
    }
    if (OrderFlags.has(flags, OrderFlags.RESTART)) {
      restart(first, then);
    }
  }

  private static boolean unmanaged(PlannedAction action) {
    return action.resource instanceof PrimitiveResource resource && !resource.managed;
  }

  /** Stop and start of one resource: the stop is needed when the start is, or cannot be had. */
  private void restart(PlannedAction stop, PlannedAction start) {
    boolean needed = !start.optional;
    boolean hopeless =
        !start.runnable && start.resource instanceof PrimitiveResource resource && resource.managed;
    if (needed) {
      require(stop, start.cause, start.reason);
    } else if (hopeless && stop.runnable) {
      require(stop, start.cause, start.blockedReason);
    }
    if (!stop.optional && !stop.runnable) {
      block(start, stop);
    }
  }

  /**
   * What already is as it should be does not wait; what must change waits until first is done, or
   * is as if it were done.
   */
  private void asymmetric(PlannedAction first, PlannedAction then) {
    PolicyResource resource = then.resource;
    PolicyResource other = first.resource;
    if (resource == null || other == null || (then.optional && resource.active())) {
      return;
    }
    boolean willBeDone = !first.optional && first.runnable;
    boolean starts = first.is(PlannedAction.START) || first.is(PlannedAction.RUNNING);
    boolean isDone = first.optional && first.runnable && other.active() == starts;
    if (!willBeDone && !isDone) {
      block(then, first);
    }
  }

  private void require(
      PlannedAction action, @Nullable PlannedAction cause, @Nullable String reason) {
    if (action.optional) {
      action.optional = false;
      action.reason = reason;
      action.cause = cause;
      changed(action);
    }
  }

  private void block(PlannedAction action, PlannedAction cause) {
    if (action.runnable) {
      action.runnable = false;
      action.cause = cause;
      action.blockedReason =
          cause.blockedReason != null && cause.resource == action.resource
              ? cause.blockedReason
              : "unrunnable " + describe(cause);
      changed(action);
      if (action.is(PlannedAction.START)) {
        blockColocated(action);
      }
    }
  }

  /** What must run together with something that cannot be started cannot be started either. */
  private void blockColocated(PlannedAction start) {
    PolicyResource resource = start.resource;
    if (resource == null) {
      return;
    }
    for (ColocationRule rule : rules(resource)) {
      if (rule.score() < Scores.INFINITY || !rule.configured()) {
        continue;
      }
      for (PrimitiveResource dependent : rule.dependent().primitives()) {
        for (PlannedAction each : dependent.actionsOf(PlannedAction.START)) {
          if (each.node == start.node && !each.optional) {
            block(each, start);
          }
        }
      }
    }
  }

  private static List<ColocationRule> rules(PolicyResource resource) {
    return resource instanceof PrimitiveResource primitive
        ? Colocations.othersWith(primitive)
        : resource.othersWith;
  }

  private void changed(PlannedAction action) {
    wake(action);
    for (PlannedAction.Edge edge : action.before) {
      wake(edge.first());
    }
    for (PlannedAction.Edge edge : action.after) {
      wake(edge.then());
    }
    if (action.resource != null && action.resource.parent != null) {
      for (PlannedAction each : action.resource.parent.actions) {
        wake(each);
      }
    }
  }

  private static String describe(PlannedAction action) {
    if (action.resource != null) {
      return action.resource.id + " " + action.task;
    }
    return action.key;
  }
}
