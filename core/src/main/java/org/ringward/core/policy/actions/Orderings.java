package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Tasks;

/**
 * Orderings as they are asked for while actions are still being made: between tasks of resources,
 * or with an action that exists already on one side. {@link #resolve} turns them into edges when
 * all actions are there.
 */
final class Orderings {
  private final Planning planning;
  private final List<Wanted> wanted = new ArrayList<>();

  /** Each side is a task of a resource, or one action. */
  private record Wanted(
      @Nullable PolicyResource first,
      String firstTask,
      @Nullable PlannedAction firstAction,
      @Nullable PolicyResource then,
      String thenTask,
      @Nullable PlannedAction thenAction,
      int flags) {}

  /** What waits until a resource is stopped, or known to be so; filled by {@link #resolve}. */
  final List<AfterStop> afterStops = new ArrayList<>();

  record AfterStop(PrimitiveResource first, PlannedAction then) {}

  Orderings(Planning planning) {
    this.planning = planning;
  }

  void order(
      PolicyResource first, String firstTask, PolicyResource then, String thenTask, int flags) {
    wanted.add(new Wanted(first, firstTask, null, then, thenTask, null, flags));
  }

  void order(PlannedAction first, PolicyResource then, String thenTask, int flags) {
    wanted.add(new Wanted(first.resource, first.task, first, then, thenTask, null, flags));
  }

  void order(PolicyResource first, String firstTask, PlannedAction then, int flags) {
    wanted.add(new Wanted(first, firstTask, null, then.resource, then.task, then, flags));
  }

  void order(PlannedAction first, PlannedAction then, int flags) {
    wanted.add(
        new Wanted(first.resource, first.task, first, then.resource, then.task, then, flags));
  }

  /** Makes edges of everything that was asked for. */
  void resolve() {
    for (int i = 0; i < wanted.size(); i++) {
      resolve(wanted.get(i));
    }
    wanted.clear();
  }

  private void resolve(Wanted each) {
    List<PlannedAction> firsts = firsts(each);
    List<PlannedAction> thens = thens(each);
    if (thens.isEmpty()) {
      return;
    }
    if (Flags.has(each.flags, Flags.AFTER_PROBES)
        && each.firstTask.equals(Tasks.STOP)
        && each.first instanceof PrimitiveResource primitive) {
      for (PlannedAction then : thens) {
        afterStops.add(new AfterStop(primitive, then));
      }
    }
    for (PlannedAction then : thens) {
      for (PlannedAction first : firsts) {
        join(each, first, then);
      }
    }
  }

  private static void join(Wanted each, PlannedAction first, PlannedAction then) {
    if (first == then) {
      return;
    }
    int flags = each.flags;
    boolean leftover = each.first == each.then && (isLeftOver(first) || isLeftOver(then));
    if (leftover) {
      flags = Flags.ORDERED;
    }
    then.after(first, flags | Flags.ORDERED);
  }

  /** An action that cleans up after a migration that was not finished. */
  private static boolean isLeftOver(PlannedAction action) {
    return action.resource instanceof PrimitiveResource resource
        && action.is(Tasks.STOP)
        && action.node != null
        && resource.danglingMigrations.contains(action.node);
  }

  private static List<PlannedAction> thens(Wanted each) {
    if (each.thenAction != null) {
      return List.of(each.thenAction);
    }
    return each.then == null ? List.of() : find(each.then, each.thenTask);
  }

  private List<PlannedAction> firsts(Wanted each) {
    if (each.firstAction != null) {
      return List.of(each.firstAction);
    }
    PolicyResource first = each.first;
    if (first == null) {
      return List.of();
    }
    List<PlannedAction> found = find(first, each.firstTask);
    if (!found.isEmpty() || first == each.then) {
      return found;
    }
    boolean pointless =
        (each.firstTask.equals(Tasks.STOP) && first.role == Role.STOPPED)
            || (each.firstTask.equals(Tasks.DEMOTE) && first.role == Role.UNPROMOTED);
    if (pointless) {
      return List.of();
    }
    if (first instanceof PrimitiveResource primitive) {
      return List.of(planning.action(primitive, each.firstTask, null, true));
    }
    return List.of();
  }

  /** A start that nobody planned still is something to wait for, in vain. */
  private static List<PlannedAction> find(PolicyResource resource, String task) {
    return Planning.actionsOf(resource, task);
  }

  /** Whether a node is the one that an action is for. */
  static boolean isOn(PlannedAction action, @Nullable PolicyNode node) {
    return action.node != null && action.node == node;
  }
}
