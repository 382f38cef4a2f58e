package org.ringward.core.policy.actions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.CollectiveResource;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Tasks;

/**
 * Orderings make actions required, or take them out. Every change wakes the actions around it,
 * until nothing changes any more; as actions only ever become required, unrunnable and unfit for
 * migration, that comes to an end.
 */
final class OrderingEngine {
  private static final String REQUIRED = "required ";

  private final Deque<PlannedAction> waiting = new ArrayDeque<>();
  private final boolean[] queued;

  private OrderingEngine(int actions) {
    queued = new boolean[actions + 1];
  }

  static void run(Planning planning) {
    List<PlannedAction> actions = planning.situation.actions;
    OrderingEngine engine = new OrderingEngine(actions.size());
    for (PlannedAction action : actions) {
      engine.wake(action);
    }
    for (PlannedAction action : actions) {
      if (startsNoMore(action)) {
        engine.blockColocated(action);
      }
    }
    while (true) {
      PlannedAction action = engine.waiting.poll();
      if (action == null) {
        return;
      }
      engine.queued[action.id] = false;
      engine.update(action);
    }
  }

  /** Whether something that is active cannot be started again, as was clear from the beginning. */
  private static boolean startsNoMore(PlannedAction action) {
    return action.is(Tasks.START)
        && !action.runnable
        && action.resource instanceof PrimitiveResource
        && action.resource.currentNode() != null;
  }

  private void wake(PlannedAction action) {
    if (!queued[action.id]) {
      queued[action.id] = true;
      waiting.add(action);
    }
  }

  private void update(PlannedAction action) {
    if (Collectives.stands(action)) {
      if (action.optional && Collectives.demanded(action)) {
        require(action, null, null);
      }
      if (action.runnable && !Collectives.possible(action)) {
        block(action, null);
      }
    }
    if (action.requiresAny) {
      count(action);
    }
    for (int i = 0; i < action.before.size(); i++) {
      apply(action.before.get(i));
    }
    for (int i = 0; i < action.after.size(); i++) {
      apply(action.after.get(i));
    }
  }

  /** Whether enough of what this waits for can be done. */
  private void count(PlannedAction action) {
    int runnable = 0;
    for (PlannedAction.Edge edge : action.before) {
      if (Flags.has(edge.flags, Flags.ONE_OR_MORE) && edge.first.runnable) {
        runnable++;
      }
    }
    action.runnableBefore = runnable;
    if (runnable < action.requiredBefore) {
      block(action, null);
    }
  }

  private void apply(PlannedAction.Edge edge) {
    PlannedAction first = edge.first;
    PlannedAction then = edge.then;
    int flags = edge.flags;
    if (Flags.has(flags, Flags.SAME_NODE | Flags.SAME_NODE_OR_TARGET) && first.node != then.node) {
      return;
    }
    if (Flags.has(flags, Flags.INTERNAL)) {
      between(first, then, flags);
      return;
    }
    if (Collectives.interleaves(first, then)) {
      interleave(first, then, flags);
      return;
    }
    if (then.resource instanceof CollectiveResource && Collectives.stands(then)) {
      // That the whole implies first is for the whole to say, which knows what its members do.
      int handedOn =
          (flags & ~(Flags.THEN_IMPLIES_FIRST | Flags.PROMOTED_THEN_IMPLIES_FIRST))
              | Flags.MIGRATES_WITH_GROUP;
      boolean chained = then.resource instanceof GroupResource group && group.ordered;
      for (PlannedAction each : Collectives.leaves(then)) {
        between(first, each, handedOn);
        if (chained && each.is(Tasks.START) && !each.optional) {
          // The rest of the group follows its first.
          handedOn &= ~Flags.FIRST_IMPLIES_THEN;
        }
      }
    }
    if (first.resource instanceof CollectiveResource collective
        && Collectives.stands(first)
        && !(collective instanceof BundleResource)
        && !then.optional
        && Flags.has(flags, Flags.THEN_IMPLIES_FIRST)) {
      for (PlannedAction each : Collectives.leaves(first)) {
        if (isRequired(then, each.node)) {
          require(each, then, REQUIRED + describe(then));
        }
      }
    }
    between(first, then, flags);
  }

  /** Instance by instance: each waits for the one on its node, and cannot do without it. */
  private void interleave(PlannedAction first, PlannedAction then, int flags) {
    boolean now = Collectives.goesDown(first);
    CollectiveResource firsts = (CollectiveResource) first.resource;
    CollectiveResource thens = (CollectiveResource) then.resource;
    if (firsts == null || thens == null) {
      return;
    }
    for (PolicyResource instance : Collectives.instances(thens)) {
      PolicyNode node = Collectives.place(instance, now);
      if (node == null) {
        continue;
      }
      PolicyResource match = match(firsts, node, now);
      if (match == null) {
        if (!now && Flags.has(flags, Flags.UNRUNNABLE_FIRST_BLOCKS | Flags.FIRST_IMPLIES_THEN)) {
          leave(instance, then, first);
        }
        continue;
      }
      PolicyResource one = Collectives.acting(match, first.task, true);
      PolicyResource other = Collectives.acting(instance, then.task, false);
      for (PlannedAction before : Collectives.of(one, first.task)) {
        for (PlannedAction after : Collectives.of(other, then.task)) {
          if (before.node == null || before.node == node || one != match) {
            join(before, after, flags);
          }
        }
      }
    }
  }

  /** Without the one it needs an instance cannot be where it was assigned. */
  private void leave(PolicyResource instance, PlannedAction then, PlannedAction first) {
    for (PrimitiveResource each : instance.primitives()) {
      for (PlannedAction action : Planning.actionsOf(each, Planning.memberTask(then.task))) {
        block(action, first);
      }
      if (!each.runningOn.isEmpty() && each.managed) {
        for (PlannedAction stop : Planning.actionsOf(each, Tasks.STOP)) {
          require(stop, first, null);
        }
      }
      each.assigned = null;
      each.nextRole = Role.STOPPED;
    }
  }

  private void join(PlannedAction first, PlannedAction then, int flags) {
    int before = then.before.size();
    PlannedAction.Edge edge = then.after(first, flags & ~Flags.AFTER_PROBES);
    if (then.before.size() > before) {
      apply(edge);
    }
  }

  private static @Nullable PolicyResource match(
      CollectiveResource collective, PolicyNode node, boolean now) {
    for (PolicyResource instance : Collectives.instances(collective)) {
      if (Collectives.place(instance, now) == node) {
        return instance;
      }
    }
    return null;
  }

  private void between(PlannedAction first, PlannedAction then, int flags) {
    if (Flags.has(flags, Flags.ASYMMETRIC)) {
      asymmetric(first, then);
      return;
    }
    if (Flags.has(flags, Flags.THEN_IMPLIES_FIRST | Flags.PROMOTED_THEN_IMPLIES_FIRST)) {
      thenImpliesFirst(first, then);
    }
    boolean implies =
        Flags.has(flags, Flags.FIRST_IMPLIES_THEN)
            || (Flags.has(flags, Flags.FIRST_IMPLIES_SAME_NODE_THEN) && first.node == then.node);
    if (implies) {
      firstImpliesThen(first, then, flags);
    }
    if (Flags.has(flags, Flags.UNRUNNABLE_FIRST_BLOCKS) && !first.runnable) {
      if (implies && then.optional && isRequired(first, then.node)) {
        then.because(REQUIRED + describe(first));
      }
      block(then, first);
    }
    if (Flags.has(flags, Flags.UNRUNNABLE_FIRST_BLOCKS_UNLESS_ACTIVE)
        && !first.runnable
        && first.resource != null
        && first.resource.currentNode() == null) {
      block(then, first);
    }
    if (Flags.has(flags, Flags.UNRUNNABLE_FIRST_BLOCKS_NEW)
        && !first.runnable
        && !then.optional
        && !Collectives.stands(then)) {
      block(then, first);
    }
    if (Flags.has(flags, Flags.RESTART)) {
      restart(first, then);
    }
  }

  private void thenImpliesFirst(PlannedAction first, PlannedAction then) {
    if (isRequired(then, first.node) || (!then.optional && first.resource == then.resource)) {
      if (!Collectives.stands(first)) {
        require(first, then, REQUIRED + describe(then));
      }
      if (first.migratable && !then.migratable) {
        unfit(first);
      }
    }
    if (!first.runnable && !first.optional) {
      block(then, first);
    }
  }

  private void firstImpliesThen(PlannedAction first, PlannedAction then, int flags) {
    boolean sameResource = first.resource == then.resource;
    if ((isRequired(first, then.node) && first.runnable)
        || (sameResource && !first.optional && first.runnable)) {
      if (!Collectives.stands(then)) {
        require(then, first, sameResource ? null : REQUIRED + describe(first));
      }
      boolean apart = !Flags.has(flags, Flags.MIGRATES_WITH_GROUP);
      if (apart && then.migratable && !first.migratable) {
        unfit(then);
      }
    }
    if (Flags.has(flags, Flags.RESTART)) {
      return;
    }
    if (first.is(Tasks.STOP) && !first.runnable && unmanaged(first)) {
      block(then, first);
    }
  }

  /** Whether an action is to be done; of a clone only what it does on that node counts. */
  private static boolean isRequired(PlannedAction action, @Nullable PolicyNode node) {
    if (action.migratable && action.resource instanceof PrimitiveResource) {
      return false;
    }
    if (action.optional || node == null || !(action.resource instanceof CloneResource)) {
      return !action.optional;
    }
    if (!Collectives.stands(action)) {
      return true;
    }
    for (PlannedAction each : Collectives.leaves(action)) {
      if (each.node == node && !each.optional) {
        return true;
      }
    }
    return false;
  }

  private static boolean unmanaged(PlannedAction action) {
    return action.resource instanceof PrimitiveResource resource && !resource.managed;
  }

  /** Stop and start of one resource: the stop is needed when the start is, or cannot be had. */
  private void restart(PlannedAction stop, PlannedAction start) {
    boolean needed = !start.optional;
    boolean hopeless =
        !start.runnable
            && start.resource instanceof PrimitiveResource resource
            && resource.managed
            && resource.nextRole.above(Role.STOPPED);
    if (needed || (hopeless && stop.runnable)) {
      require(stop, start.cause, null);
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
    if (resource == null || other == null || (then.optional && isActive(resource))) {
      return;
    }
    boolean willBeDone = !first.optional && first.runnable;
    boolean starts = first.is(Tasks.START) || first.is(Tasks.RUNNING);
    boolean isDone = first.optional && first.runnable && isActive(other) == starts;
    if (!willBeDone && !isDone) {
      block(then, first);
    }
  }

  private static boolean isActive(PolicyResource resource) {
    for (PrimitiveResource primitive : resource.primitives()) {
      if (!primitive.runningOn.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private void require(
      PlannedAction action, @Nullable PlannedAction cause, @Nullable String reason) {
    if (!action.optional) {
      return;
    }
    action.optional = false;
    action.because(reason);
    if (action.cause == null) {
      action.cause = cause;
    }
    changed(action);
  }

  private void unfit(PlannedAction action) {
    if (action.migratable) {
      action.migratable = false;
      if (action.resource != null) {
        for (PlannedAction each : action.resource.actions) {
          each.migratable = false;
          wake(each);
        }
      }
      changed(action);
    }
  }

  private void block(PlannedAction action, @Nullable PlannedAction cause) {
    if (!action.runnable) {
      return;
    }
    action.runnable = false;
    if (action.cause == null) {
      action.cause = cause;
    }
    if (cause != null) {
      boolean same = cause.resource == action.resource;
      action.because(same ? cause.reason : "unrunnable " + describe(cause));
    }
    unfit(action);
    changed(action);
    if (action.is(Tasks.START) || action.is(Tasks.PROMOTE)) {
      blockColocated(action);
    }
  }

  /** What must run together with something that cannot be started cannot be started either. */
  private void blockColocated(PlannedAction action) {
    for (PolicyResource each = action.resource; each != null; each = each.parent) {
      for (ColocationRule rule : each.othersWith) {
        if (rule.score() >= Scores.INFINITY
            && concerns(rule, action)
            && !anyCan(rule.primary(), action.task)) {
          blockDependent(rule, action);
        }
      }
    }
  }

  private static boolean anyCan(PolicyResource resource, String task) {
    for (PrimitiveResource each : resource.primitives()) {
      for (PlannedAction action : Planning.actionsOf(each, task)) {
        if (action.runnable) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean concerns(ColocationRule rule, PlannedAction action) {
    Role role = rule.primaryRole();
    boolean promoted = role == Role.PROMOTED;
    return rule.configured() && promoted == action.is(Tasks.PROMOTE);
  }

  private void blockDependent(ColocationRule rule, PlannedAction action) {
    String task = rule.dependentRole() == Role.PROMOTED ? Tasks.PROMOTE : Tasks.START;
    for (PrimitiveResource dependent : rule.dependent().primitives()) {
      for (PlannedAction each : Planning.actionsOf(dependent, task)) {
        if (action.resource != null && (each.node == action.node || action.node == null)) {
          each.because("colocation with " + action.resource.id);
          block(each, action);
        }
      }
    }
  }

  private void changed(PlannedAction action) {
    wake(action);
    for (PlannedAction.Edge edge : action.before) {
      wake(edge.first);
    }
    for (PlannedAction.Edge edge : action.after) {
      wake(edge.then);
    }
    for (PolicyResource each = parent(action); each != null; each = each.parent) {
      for (PlannedAction pseudo : each.actions) {
        wake(pseudo);
      }
    }
  }

  private static @Nullable PolicyResource parent(PlannedAction action) {
    return action.resource == null ? null : action.resource.parent;
  }

  private static String describe(PlannedAction action) {
    if (action.resource == null) {
      return action.is(Tasks.FENCE) ? Tasks.FENCE : action.key;
    }
    boolean told =
        action.resource instanceof CloneResource clone
            && clone.notify
            && !Planning.memberTask(action.task).equals(action.task);
    return action.resource.id + " " + (told ? Tasks.NOTIFIED : action.task);
  }
}
