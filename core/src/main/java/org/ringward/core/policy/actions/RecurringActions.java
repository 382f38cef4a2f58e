package org.ringward.core.policy.actions;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.NodeHistory;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/** Monitors and other recurring actions: begun where a resource runs, or must not run. */
final class RecurringActions {
  private static final int FOLLOWS = Flags.FIRST_IMPLIES_THEN | Flags.UNRUNNABLE_FIRST_BLOCKS;
  private static final String PROMOTED_EXIT_CODE = "8";

  private final Planning planning;
  private final Situation situation;
  private final History history;

  RecurringActions(Planning planning, History history) {
    this.planning = planning;
    this.situation = planning.situation;
    this.history = history;
  }

  void create(PrimitiveResource resource) {
    if (resource.blocked) {
      return;
    }
    if (resource.maintenance || (resource.removed && resource.element.children().isEmpty())) {
      return;
    }
    Set<String> ambiguous = ambiguous(resource);
    for (OperationSettings settings : planning.operations.of(resource)) {
      String key = resource.key(settings.name(), settings.intervalMs());
      if (settings.intervalMs() > 0
          && settings.enabled()
          && !oneTime(settings.name())
          && !ambiguous.contains(key)) {
        if (settings.role() == Role.STOPPED) {
          whereStopped(resource, settings, key);
        } else {
          whereActive(resource, settings, key);
        }
      }
    }
  }

  /** What goes on now; it ends, or is begun again, with what is decided later. */
  void remember(PrimitiveResource resource, PolicyNode node, NodeHistory remembered) {
    if (!ConfigurationChanges.reachable(node) || resource.removed) {
      return;
    }
    for (HistoryEntry entry : history.going(remembered)) {
      if (resource.runningOn.contains(node) || isForStopped(resource, entry)) {
        PlannedAction going =
            planning.maker.action(
                resource,
                entry.task(),
                resource.key(entry.task(), entry.intervalMs()),
                entry.intervalMs(),
                node,
                true);
        // It runs as it is; whether it can be begun anew is judged when that is wanted.
        going.runnable = true;
      }
    }
  }

  private boolean isForStopped(PrimitiveResource resource, HistoryEntry entry) {
    OperationSettings settings =
        planning.operations.configured(resource, entry.task(), entry.intervalMs());
    return settings != null && settings.role() == Role.STOPPED;
  }

  private Set<String> ambiguous(PrimitiveResource resource) {
    Set<String> seen = new LinkedHashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    for (OperationSettings settings : planning.operations.of(resource)) {
      String key = resource.key(settings.name(), settings.intervalMs());
      if (settings.intervalMs() > 0 && !seen.add(key)) {
        twice.add(key);
      }
    }
    return twice;
  }

  static boolean oneTime(String name) {
    return switch (name) {
      case Tasks.START, Tasks.STOP, Tasks.PROMOTE, Tasks.DEMOTE -> true;
      default -> false;
    };
  }

  private void whereActive(PrimitiveResource resource, OperationSettings settings, String key) {
    PolicyNode node = resource.assigned;
    if (node == null || resource.nextRole.compareTo(Role.STARTED) < 0) {
      return;
    }
    HistoryEntry recorded = history.recurring(resource, node, settings);
    if (!isForRole(settings.role(), resource)) {
      boolean reachable = node.online && !node.unclean && !node.resetNeeded;
      if (recorded != null && resource.runningOn.contains(node) && reachable) {
        wrongRole(resource, settings, node, recorded);
      }
      return;
    }
    PlannedAction start = Planning.first(resource, Tasks.START, node);
    boolean restarting = start != null && !start.optional;
    boolean active = recorded != null && !restarting;
    PlannedAction monitor = monitor(resource, settings, key, node, active);
    if (resource.nextRole == Role.PROMOTED && settings.role() == Role.PROMOTED) {
      monitor.meta.put("op_target_rc", PROMOTED_EXIT_CODE);
    }
    order(resource, monitor, node, start);
  }

  private void order(
      PrimitiveResource resource,
      PlannedAction monitor,
      PolicyNode node,
      @Nullable PlannedAction start) {
    if (start == null && !resource.runningOn.contains(node)) {
      monitor.block();
    }
    if (!resource.managed) {
      return;
    }
    planning.orderings.order(resource, Tasks.START, monitor, FOLLOWS);
    planning.orderings.order(resource, Tasks.RELOAD, monitor, FOLLOWS);
    if (resource.nextRole == Role.PROMOTED) {
      planning.orderings.order(resource, Tasks.PROMOTE, monitor, Flags.UNRUNNABLE_FIRST_BLOCKS);
    } else if (resource.role == Role.PROMOTED) {
      planning.orderings.order(resource, Tasks.DEMOTE, monitor, Flags.UNRUNNABLE_FIRST_BLOCKS);
    }
  }

  private static boolean isForRole(Role role, PrimitiveResource resource) {
    Role next = resource.nextRole;
    if (role == Role.UNKNOWN) {
      return next == Role.STARTED || next == Role.UNPROMOTED;
    }
    return role == next
        || (role == Role.UNPROMOTED && next == Role.STARTED && resource.promotable());
  }

  /** It goes on from another role: it ends before the role changes. */
  private void wrongRole(
      PrimitiveResource resource,
      OperationSettings settings,
      PolicyNode node,
      HistoryEntry recorded) {
    PlannedAction cancel = cancel(resource, node, settings.name(), settings.intervalMs(), recorded);
    String next =
        switch (resource.role) {
          case UNPROMOTED, STARTED ->
              resource.nextRole == Role.PROMOTED ? Tasks.PROMOTE : Tasks.STOP;
          case PROMOTED -> Tasks.DEMOTE;
          default -> Tasks.STOP;
        };
    planning.orderings.order(cancel, resource, next, Flags.UNRUNNABLE_FIRST_BLOCKS);
  }

  /** On every other node the monitor must find the resource stopped. */
  private void whereStopped(PrimitiveResource resource, OperationSettings settings, String key) {
    CloneResource clone = resource.cloneAround();
    if (clone != null && !clone.globallyUnique) {
      return;
    }
    for (PolicyNode node : situation.nodes) {
      boolean here = node == resource.assigned && resource.nextRole.above(Role.STOPPED);
      HistoryEntry recorded = history.recurring(resource, node, settings);
      if (here) {
        if (recorded != null) {
          PlannedAction cancel =
              cancel(resource, node, settings.name(), settings.intervalMs(), recorded);
          planning.orderings.order(cancel, resource, Tasks.START, Flags.UNRUNNABLE_FIRST_BLOCKS);
        }
        continue;
      }
      if (!node.online || node.unclean || node.pending || !resource.managed) {
        continue;
      }
      elsewhere(resource, settings, key, node, recorded);
    }
  }

  private void elsewhere(
      PrimitiveResource resource,
      OperationSettings settings,
      String key,
      PolicyNode node,
      @Nullable HistoryEntry recorded) {
    PlannedAction stop = Planning.first(resource, Tasks.STOP, node);
    boolean stopping = stop != null && !stop.optional;
    PlannedAction monitor = monitor(resource, settings, key, node, recorded != null && !stopping);
    monitor.meta.put("op_target_rc", Integer.toString(HistoryEntry.NOT_RUNNING));
    if (stop != null) {
      planning.orderings.order(stop, monitor, FOLLOWS);
    }
    for (PlannedAction probe : Probes.probes(resource)) {
      if (probe.node == node) {
        planning.orderings.order(probe, monitor, Flags.UNRUNNABLE_FIRST_BLOCKS);
      }
    }
  }

  private PlannedAction monitor(
      PrimitiveResource resource,
      OperationSettings settings,
      String key,
      PolicyNode node,
      boolean optional) {
    PlannedAction monitor =
        planning.maker.action(
            resource, settings.name(), key, settings.intervalMs(), node, optional);
    if (!node.online || node.unclean || node.pending) {
      boolean comes = node.isGuest() && !node.unclean && !node.pending;
      if (!comes) {
        monitor.block();
      }
    }
    return monitor;
  }

  /** Where it stood as going on it now stands as cancelled. */
  private static void takePlace(PlannedAction cancel) {
    PolicyResource resource = cancel.resource;
    if (resource == null) {
      return;
    }
    for (int i = 0; i < resource.actions.size(); i++) {
      PlannedAction going = resource.actions.get(i);
      if (going != cancel
          && going.key.equals(cancel.key)
          && going.node == cancel.node
          && going.optional
          && !going.is(Tasks.CANCEL)) {
        resource.actions.remove(cancel);
        resource.actions.set(resource.actions.indexOf(going), cancel);
        return;
      }
    }
  }

  /** The end of a recurring action. */
  PlannedAction cancel(
      PrimitiveResource resource,
      PolicyNode node,
      String task,
      long interval,
      HistoryEntry recorded) {
    PlannedAction cancel =
        planning.maker.action(
            resource, Tasks.CANCEL, resource.key(task, interval), interval, node, false);
    takePlace(cancel);
    cancel.meta.put("operation", task);
    if (recorded.callId() >= 0) {
      cancel.meta.put("call_id", Long.toString(recorded.callId()));
    }
    return cancel;
  }
}
