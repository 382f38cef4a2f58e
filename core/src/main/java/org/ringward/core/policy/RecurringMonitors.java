package org.ringward.core.policy;

import org.jspecify.annotations.Nullable;

/** Chapter 13: recurring monitors, where a resource runs and, when asked for, where it must not. */
final class RecurringMonitors {
  private final Situation situation;
  private final PrimitiveResource resource;

  private RecurringMonitors(PrimitiveResource resource) {
    this.situation = resource.situation;
    this.resource = resource;
  }

  static void create(PrimitiveResource resource) {
    if (resource.maintenance || resource.removed) {
      return;
    }
    RecurringMonitors chapter = new RecurringMonitors(resource);
    for (OperationSettings settings : resource.operations) {
      if (settings.intervalMs() > 0
          && settings.enabled()
          && !oneTime(settings.name())
          && !resource.ambiguous.contains(
              resource.operationKey(settings.name(), settings.intervalMs()))) {
        if (settings.forStoppedRole()) {
          chapter.whereStopped(settings);
        } else if (settings.role() == null || settings.role().equalsIgnoreCase("Started")) {
          chapter.whereStarted(settings);
        }
      }
    }
  }

  private static boolean oneTime(String name) {
    return switch (name) {
      case PlannedAction.START, PlannedAction.STOP, "promote", "demote" -> true;
      default -> false;
    };
  }

  private void whereStarted(OperationSettings settings) {
    ClusterNode node = resource.assigned;
    if (resource.nextRole != Role.STARTED || node == null) {
      return;
    }
    PlannedAction start = resource.find(PlannedAction.START, node);
    boolean restarting = start != null && !start.optional;
    boolean runs = recorded(node, settings) != null && !restarting;
    PlannedAction monitor = monitor(settings, node, runs);
    monitor.role = null;
    if (start != null) {
      monitor.after(start, OrderFlags.FIRST_IMPLIES_THEN | OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
    } else if (!resource.active()) {
      monitor.block("not started");
    }
    PlannedAction reload = resource.find(PlannedAction.RELOAD, node);
    if (reload != null) {
      monitor.require("reload");
      monitor.after(reload, OrderFlags.ORDERED);
    }
  }

  /** On every other node the monitor must find the resource stopped. */
  private void whereStopped(OperationSettings settings) {
    for (ClusterNode node : situation.nodes) {
      boolean here = node == resource.assigned && resource.nextRole == Role.STARTED;
      if (!here) {
        if (!node.online || node.unclean || node.pending || !resource.managed) {
          continue;
        }
        PlannedAction stop = resource.find(PlannedAction.STOP, node);
        boolean stopping = stop != null && !stop.optional;
        boolean runs = recorded(node, settings) != null && !stopping;
        PlannedAction monitor = monitor(settings, node, runs);
        monitor.role = "Stopped";
        monitor.expectedExitCode = HistoryEntry.NOT_RUNNING;
        if (stop != null) {
          monitor.after(stop, OrderFlags.FIRST_IMPLIES_THEN | OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
        }
        PlannedAction probe = resource.find(PlannedAction.MONITOR, node);
        if (probe != null) {
          monitor.after(probe, OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
        }
      } else if (recorded(node, settings) != null) {
        PlannedAction cancel = cancel(resource, node, settings, recorded(node, settings));
        cancel.role = "Stopped";
        PlannedAction start = resource.find(PlannedAction.START, node);
        if (start != null) {
          start.after(cancel, OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
        }
      }
    }
  }

  private PlannedAction monitor(OperationSettings settings, ClusterNode node, boolean optional) {
    String key = resource.operationKey(settings.name(), settings.intervalMs());
    PlannedAction monitor =
        situation.create(resource, settings.name(), key, settings.intervalMs(), node, optional);
    monitor.settings = settings;
    if (!node.online || node.unclean || node.pending) {
      monitor.block("node " + node.name + " is not available");
    }
    return monitor;
  }

  private @Nullable HistoryEntry recorded(ClusterNode node, OperationSettings settings) {
    NodeHistory history = resource.histories[node.index];
    return history == null ? null : ConfigurationChanges.recurring(resource, history, settings);
  }

  /** The end of a recurring action. */
  static PlannedAction cancel(
      PrimitiveResource resource,
      ClusterNode node,
      @Nullable OperationSettings settings,
      @Nullable HistoryEntry entry) {
    String task = entry != null ? entry.task() : PlannedAction.MONITOR;
    long interval = entry != null ? entry.intervalMs() : 0;
    PlannedAction cancel =
        resource.situation.create(
            resource,
            PlannedAction.CANCEL,
            resource.operationKey(task, interval),
            interval,
            node,
            false);
    cancel.settings = settings;
    cancel.cancelledTask = task;
    cancel.cancelledCallId = entry == null ? -1 : entry.callId();
    return cancel;
  }
}
