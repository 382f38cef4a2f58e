package org.ringward.core.policy.actions;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/** Makes actions, each once, and tells whether they can be run. */
final class ActionMaker {
  private final Planning planning;
  private final Situation situation;
  private final Map<String, PlannedAction> pseudos = new LinkedHashMap<>();

  ActionMaker(Planning planning) {
    this.planning = planning;
    this.situation = planning.situation;
  }

  /** An action of a primitive; one that exists becomes required unless optional is asked for. */
  PlannedAction action(
      PrimitiveResource resource,
      String task,
      String key,
      long intervalMs,
      @Nullable PolicyNode node,
      boolean optional) {
    PlannedAction action = existing(resource, key, task, node);
    if (action == null) {
      action = situation.create(resource, task, key, intervalMs, node, optional);
      action.needs = needs(resource, task);
      action.priority = 0;
      settings(action, resource, task, intervalMs);
    } else if (!optional) {
      action.require();
    }
    judge(action, resource);
    return action;
  }

  private static @Nullable PlannedAction existing(
      PrimitiveResource resource, String key, String task, @Nullable PolicyNode node) {
    for (PlannedAction action : resource.actions) {
      if (action.node == node && action.key.equals(key) && action.task.equals(task)) {
        return action;
      }
    }
    return null;
  }

  private static PrimitiveResource.@Nullable Requires needs(
      PrimitiveResource resource, String task) {
    return task.equals(Tasks.START) || task.equals(Tasks.PROMOTE) ? resource.requires : null;
  }

  private void settings(
      PlannedAction action, PrimitiveResource resource, String task, long intervalMs) {
    OperationSettings settings = planning.operations.settings(resource, task, intervalMs);
    settings
        .meta()
        .forEach((name, value) -> {
          if (!name.equals("interval-origin")) {
            action.meta.put(name, value);
          }
        });
    if (settings.configured()) {
      action.meta.put("name", task);
      action.parameters.putAll(settings.parameters());
    }
  }

  /** What is not managed is only looked at. */
  private static boolean isHandsOff(PlannedAction action, PrimitiveResource resource) {
    return !resource.managed
        && switch (action.task) {
          case Tasks.START, Tasks.PROMOTE -> resource.runningOn.isEmpty();
          case Tasks.STOP, Tasks.DEMOTE, Tasks.DELETE, Tasks.CLEAR_FAIL_COUNT -> true;
          default -> false;
        };
  }

  /** Whether the action can be run as things are. */
  private void judge(PlannedAction action, PrimitiveResource resource) {
    PolicyNode node = action.node;
    if (action.pseudo) {
      return;
    }
    if (node == null) {
      action.block();
      return;
    }
    if (!reachable(action, node)) {
      action.block();
      return;
    }
    if (!resource.managed && (action.is(Tasks.START) || action.is(Tasks.PROMOTE))) {
      action.optional = true;
    }
    if (isHandsOff(action, resource)) {
      action.optional = true;
      action.block();
      action.because("unmanaged");
      return;
    }
    if (node.pending && !isForTheCoordinator(action)) {
      action.block();
      return;
    }
    if (action.needs == PrimitiveResource.Requires.NOTHING) {
      // It is done as a matter of course.
      action.reason = null;
    }
    if (action.needs == null || action.needs == PrimitiveResource.Requires.NOTHING) {
      if (node.isGuest() && !planning.canFence(node)) {
        // Its host is gone, and nobody can say whether the guest is.
        action.block();
      }
      return;
    }
    needQuorum(action, resource);
  }

  private static boolean isForTheCoordinator(PlannedAction action) {
    return action.is(Tasks.CLEAR_FAIL_COUNT) || action.is(Tasks.LRM_DELETE);
  }

  private boolean reachable(PlannedAction action, PolicyNode node) {
    if (node.online || isForTheCoordinator(action)) {
      return true;
    }
    // A guest comes up with its container, which may be planned.
    return node.isGuest() && !node.resetNeeded;
  }

  private void needQuorum(PlannedAction action, PrimitiveResource resource) {
    ClusterOptions options = situation.options;
    if (options.quorate()) {
      return;
    }
    if (options.quorumPolicy == ClusterOptions.QuorumPolicy.STOP
        || (options.quorumPolicy == ClusterOptions.QuorumPolicy.DEMOTE
            && !(resource.promotable() && action.is(Tasks.START)))
        || options.quorumPolicy == ClusterOptions.QuorumPolicy.FENCE) {
      action.block();
      action.because("no quorum");
    } else if (options.quorumPolicy == ClusterOptions.QuorumPolicy.FREEZE) {
      boolean more = resource.nextRole.above(resource.role);
      if (!isActive(resource) || more) {
        action.block();
        action.because("quorum freeze");
      }
    }
  }

  /**
   * Without quorum it may be started again where it is known to have been active, so that the other
   * side can not have it. A probe that could not tell is no such knowledge, nor is a live migration
   * to a node of the other side: Pacemaker recovers the resource even then, and it may run twice.
   */
  private static boolean isActive(PrimitiveResource resource) {
    for (PolicyNode node : resource.runningOn) {
      if ((node.online || node.unclean) && !resource.doubtfulOn.contains(node)) {
        return true;
      }
    }
    return false;
  }

  /** A pseudo-action of a collective resource, which happens on no node. */
  PlannedAction pseudo(PolicyResource resource, String task, boolean optional) {
    return pseudo(resource, task, resource.key(task, 0), optional);
  }

  PlannedAction pseudo(PolicyResource resource, String task, String key, boolean optional) {
    PlannedAction action = resource.find(key, null);
    if (action == null) {
      action = situation.create(resource, task, key, 0, null, optional);
      action.pseudo = true;
    } else if (!optional) {
      action.require();
    }
    return action;
  }

  /** A pseudo-action that belongs to no resource, found by its name. */
  PlannedAction pseudo(String name) {
    return pseudos.computeIfAbsent(
        name,
        each -> {
          PlannedAction action = situation.create(null, each, each, 0, null, true);
          action.pseudo = true;
          return action;
        });
  }
}
