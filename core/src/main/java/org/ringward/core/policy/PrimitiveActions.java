package org.ringward.core.policy;

import org.jspecify.annotations.Nullable;

/** Chapter 8: what must be done to a primitive so that it is where it was assigned. */
final class PrimitiveActions {
  private PrimitiveActions() {}

  static void create(PrimitiveResource resource) {
    ClusterNode chosen = resource.assigned;
    if (resource.nextRole == Role.UNKNOWN) {
      resource.nextRole = chosen == null ? Role.STOPPED : Role.STARTED;
    }
    boolean start = resource.nextRole == Role.STARTED && chosen != null;
    if (!resource.active()) {
      if (start && chosen != null && resource.managed) {
        start(resource, chosen, false);
      }
      return;
    }
    boolean unexpected =
        resource.runningOn.size() > 1
            && resource.multipleActive == PrimitiveResource.MultipleActive.STOP_UNEXPECTED;
    String why = start ? restartReason(resource, chosen) : stopReason(resource);
    for (ClusterNode node : resource.runningOn) {
      if (unexpected && node == chosen && start) {
        continue;
      }
      PlannedAction stop = stop(resource, node, why == null);
      if (!stop.optional) {
        stop.reason = why;
      }
    }
    if (start && chosen != null) {
      boolean pendingHere = resource.pendingStart == chosen && resource.managed;
      PlannedAction action = start(resource, chosen, why == null && !pendingHere);
      // It runs there already: what depends on it still waits for the others to stop.
      action.pseudo = unexpected && resource.runningOn.contains(chosen);
    }
    if (resource.reload && why == null && chosen != null) {
      reload(resource, chosen);
    }
  }

  /** Why an active resource that stays started must be stopped first; null when it must not. */
  private static @Nullable String restartReason(
      PrimitiveResource resource, @Nullable ClusterNode chosen) {
    if (!resource.managed) {
      return null;
    }
    if (resource.runningOn.size() > 1) {
      return "it is active on several nodes";
    }
    if (resource.failed) {
      return "it failed";
    }
    if (resource.currentNode() != chosen) {
      return "it moves";
    }
    return resource.definitionChanged;
  }

  private static @Nullable String stopReason(PrimitiveResource resource) {
    if (!resource.managed && resource.nextRole != Role.STOPPED) {
      return null;
    }
    return resource.stoppedBecause != null ? resource.stoppedBecause : "node availability";
  }

  /** The stop of a resource on a node. */
  static PlannedAction stop(PrimitiveResource resource, ClusterNode node, boolean optional) {
    PlannedAction stop = resource.find(PlannedAction.STOP, node);
    if (stop == null) {
      stop = action(resource, PlannedAction.STOP, node, optional);
      stop.expectedExitCode = -1;
      if (!resource.managed) {
        stop.block("unmanaged");
      } else if (!node.online && !node.unclean) {
        stop.block("node " + node.name + " is offline");
      } else if (node.unclean && !node.online && !resource.situation.canFence(node)) {
        stop.block("node " + node.name + " is unclean and cannot be fenced");
      }
    } else if (!optional) {
      stop.require(null);
    }
    return stop;
  }

  static PlannedAction start(PrimitiveResource resource, ClusterNode node, boolean optional) {
    PlannedAction start = resource.find(PlannedAction.START, node);
    if (start == null) {
      start = action(resource, PlannedAction.START, node, optional);
      String obstacle = obstacle(resource, node);
      if (obstacle != null) {
        start.block(obstacle);
      }
    } else if (!optional) {
      start.require(null);
    }
    return start;
  }

  private static void reload(PrimitiveResource resource, ClusterNode node) {
    PlannedAction reload = action(resource, PlannedAction.RELOAD, node, false);
    reload.reason = "resource definition change";
  }

  private static PlannedAction action(
      PrimitiveResource resource, String task, @Nullable ClusterNode node, boolean optional) {
    String key = resource.operationKey(task, 0);
    PlannedAction action = resource.situation.create(resource, task, key, 0, node, optional);
    action.settings = resource.settingsFor(task, 0);
    return action;
  }

  /** The start of a resource that cannot be placed: others may wait for it in vain. */
  static PlannedAction placeless(PrimitiveResource resource, String task) {
    PlannedAction action = action(resource, task, null, true);
    action.block(resource.id + " has no node to " + task + " on");
    return action;
  }

  /** Why the resource may not be started on the node; null when it may. */
  private static @Nullable String obstacle(PrimitiveResource resource, ClusterNode node) {
    Situation situation = resource.situation;
    ClusterOptions options = situation.options;
    if (resource.blocked || (!resource.managed && !resource.active())) {
      return resource.blocked ? "blocked after a failure" : "unmanaged";
    }
    if (!node.online) {
      return "node " + node.name + " is offline";
    }
    if (node.pending || node.unclean) {
      return "node " + node.name + (node.pending ? " is pending" : " is unclean");
    }
    if (resource.requires == PrimitiveResource.Requires.NOTHING) {
      return null;
    }
    if (!options.quorate()) {
      if (options.quorumPolicy() != ClusterOptions.QuorumPolicy.FREEZE) {
        return "no quorum";
      }
      if (!resource.active()) {
        return "quorum freeze";
      }
    }
    return resource.requires == PrimitiveResource.Requires.FENCING
        ? Fencing.obstacle(situation)
        : null;
  }

  /** What holds within a primitive: stopped before started, deleted in between. */
  static void order(PrimitiveResource resource) {
    for (PlannedAction start : resource.actionsOf(PlannedAction.START)) {
      for (PlannedAction stop : resource.actionsOf(PlannedAction.STOP)) {
        start.after(stop, OrderFlags.FIRST_IMPLIES_THEN | OrderFlags.RESTART);
      }
    }
    for (PlannedAction delete : resource.actionsOf(PlannedAction.DELETE)) {
      for (PlannedAction stop : resource.actionsOf(PlannedAction.STOP)) {
        if (stop.node == delete.node) {
          delete.after(stop, OrderFlags.FIRST_IMPLIES_THEN | OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
        }
      }
      for (PlannedAction start : resource.actionsOf(PlannedAction.START)) {
        start.after(delete, OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
      }
    }
  }
}
