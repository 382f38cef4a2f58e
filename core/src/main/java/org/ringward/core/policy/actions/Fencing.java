package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/**
 * Fencing of unclean nodes, what waits for it, and nodes that want to leave. A stop on a fenced
 * node is implied by the fencing; starts wait until every unclean node is fenced.
 */
final class Fencing {
  private final Planning planning;
  private final Situation situation;
  private final ClusterOptions options;

  Fencing(Planning planning) {
    this.planning = planning;
    this.situation = planning.situation;
    this.options = situation.options;
  }

  /** The fencing actions themselves; before anything is ordered against them. */
  void create() {
    if (!isAnythingManaged()) {
      // There is nothing that a node in doubt could do harm to by our doing.
      return;
    }
    List<PolicyNode> inOrder = new ArrayList<>(situation.nodes);
    inOrder.removeAll(planning.lost);
    inOrder.addAll(planning.lost);
    for (PolicyNode node : inOrder) {
      if (node.isGuest()) {
        continue;
      }
      if (node.unclean && node.fencing == null && options.fencingEnabled) {
        if (planning.canFence(node)) {
          fence(node);
        } else {
          situation.notes.add("warning: Node " + node.name + " is unclean!");
        }
      }
    }
    oneAfterTheOther();
  }

  private boolean isAnythingManaged() {
    for (PrimitiveResource resource : situation.primitives()) {
      if (resource.managed) {
        return true;
      }
    }
    return false;
  }

  private void fence(PolicyNode node) {
    String action = options.fencingAction;
    PlannedAction fencing =
        situation.create(null, Tasks.FENCE, "stonith-" + node.name + "-" + action, 0, node, false);
    fencing.meta.put("stonith_action", action);
    fencing.because(node.unseen && !node.isRemote() ? "node is unclean" : node.uncleanReason);
    fencing.downed.add(node.id);
    for (PolicyNode guest : situation.nodes) {
      PrimitiveResource container = guest.container();
      if (container != null && container.runningOn.contains(node)) {
        fencing.downed.add(guest.id);
      }
    }
    node.fencing = fencing;
    planning.fencing.add(fencing);
  }

  /** The coordinator goes last, so that somebody is left to see to the rest. */
  private void oneAfterTheOther() {
    List<PlannedAction> others = new ArrayList<>();
    PlannedAction coordinator = null;
    for (PlannedAction fencing : planning.fencing) {
      if (fencing.node != null && fencing.node.coordinator) {
        coordinator = fencing;
      } else {
        others.add(fencing);
      }
    }
    if (!options.concurrentFencing) {
      others.sort(
          Comparator.comparingInt(fencing -> fencing.node == null ? -1 : fencing.node.index));
      for (int i = 1; i < others.size(); i++) {
        others.get(i).after(others.get(i - 1), Flags.ORDERED);
      }
      others = others.isEmpty() ? others : List.of(others.getLast());
    }
    if (coordinator != null) {
      for (PlannedAction fencing : others) {
        coordinator.after(fencing, Flags.ORDERED);
      }
    }
  }

  /** Starts that need what nobody can give. */
  void blockStarts() {
    if (!options.fencingEnabled) {
      return;
    }
    boolean hopeless = !situation.hasFencingDevice;
    for (PolicyNode node : situation.nodes) {
      hopeless |= node.unclean && !node.isGuest() && !planning.canFence(node);
    }
    if (!hopeless) {
      return;
    }
    for (PlannedAction action : situation.actions) {
      boolean needs =
          action.needs == PrimitiveResource.Requires.FENCING
              || action.needs == PrimitiveResource.Requires.UNFENCING;
      if (needs && action.runnable && !isThere(action)) {
        action.block();
        action.because("fencing is not possible");
      }
    }
  }

  /** What runs already is not begun. */
  private static boolean isThere(PlannedAction action) {
    return action.is(Tasks.START)
        && action.resource != null
        && action.node != null
        && action.resource.runningOn.contains(action.node);
  }

  /** Stops on unclean nodes that nobody fences cannot be had. */
  void blockStops() {
    for (PlannedAction action : situation.actions) {
      PolicyNode node = action.node;
      boolean down =
          action.resource instanceof PrimitiveResource
              && node != null
              && node.unclean
              && !node.isGuest()
              && node.fencing == null
              && (action.is(Tasks.STOP) || action.is(Tasks.DEMOTE));
      if (node != null && down && !node.online) {
        action.block();
      }
    }
  }

  /** A guest that cannot be spoken to is down as soon as what it lives in has been stopped. */
  void fenceGuests() {
    for (PolicyNode node : situation.nodes) {
      PrimitiveResource container = node.container();
      if (container != null && needsFencing(node, container) && planning.canFence(node)) {
        fenceGuest(node, container);
      }
    }
  }

  private static boolean needsFencing(PolicyNode node, PrimitiveResource container) {
    if (node.unclean || node.resetNeeded) {
      return true;
    }
    return container.failed && !container.runningOn.isEmpty();
  }

  private void fenceGuest(PolicyNode node, PrimitiveResource container) {
    PlannedAction stop = null;
    for (PlannedAction each : Planning.actionsOf(container, Tasks.STOP)) {
      if (!each.optional) {
        stop = each;
      }
    }
    PlannedAction start = null;
    for (PlannedAction each : Planning.actionsOf(container, Tasks.START)) {
      if (!each.optional) {
        start = each;
      }
    }
    String how = stop != null && start != null ? "reboot" : "off";
    PlannedAction fencing =
        situation.create(null, Tasks.FENCE, "stonith-" + node.name + "-" + how, 0, node, false);
    fencing.pseudo = true;
    fencing.meta.put("stonith_action", how);
    fencing.because("guest is unclean");
    fencing.downed.add(node.id);
    node.fencing = fencing;
    planning.fencing.add(fencing);
    PolicyNode host = stop == null ? null : stop.node;
    // Nodes are looked at by name: where the host's fencing comes later, the stop stands for it.
    if (host != null && host.fencing != null && host.index < node.index) {
      fencing.after(host.fencing, Flags.ORDERED | Flags.UNRUNNABLE_FIRST_BLOCKS);
    } else if (stop != null) {
      fencing.after(stop, Flags.ORDERED | Flags.UNRUNNABLE_FIRST_BLOCKS);
    } else if (node.connection != null) {
      for (PlannedAction each : Planning.actionsOf(node.connection, Tasks.STOP)) {
        fencing.after(each, Flags.ORDERED);
      }
    }
  }

  void order() {
    for (PlannedAction fencing : planning.fencing) {
      impliedStops(fencing);
      starts(fencing);
      forgiving(fencing);
    }
  }

  /** A connection that waits before it is tried again is forgiven when its node has been fenced. */
  private static void forgiving(PlannedAction fencing) {
    PrimitiveResource connection = fencing.node == null ? null : fencing.node.connection;
    if (connection != null && connection.reconnectIntervalMs > 0) {
      for (PlannedAction clear : Planning.actionsOf(connection, Tasks.CLEAR_FAIL_COUNT)) {
        clear.after(fencing, Flags.ORDERED);
      }
    }
  }

  private void impliedStops(PlannedAction fencing) {
    for (PrimitiveResource resource : situation.primitives()) {
      for (PlannedAction action : resource.actions) {
        boolean down = action.is(Tasks.STOP) || action.is(Tasks.DEMOTE);
        if (action.node != fencing.node || !down || !resource.managed) {
          continue;
        }
        action.pseudo = true;
        action.runnable = true;
        planning.implied.add(new Planning.Implied(fencing, action));
        goesWithContainer(fencing, action);
        if (!fencing.pseudo && !needsProof(resource)) {
          continue;
        }
        PolicyResource top = resource.top();
        CloneResource clone = resource.cloneAround();
        if (top instanceof BundleResource && clone != null) {
          // What is bundled goes with its container, whose stop tells the same.
          top = clone;
        } else {
          action.after(fencing, Flags.ORDERED);
          top = top instanceof BundleResource ? resource : top;
        }
        if (top != resource && action.is(Tasks.STOP)) {
          for (PlannedAction outer : Planning.actionsOf(top, Tasks.STOP)) {
            outer.after(fencing, Flags.ORDERED | Flags.INTERNAL);
          }
        }
      }
    }
  }

  /** What a container takes down with it is nothing that its stop could wait for. */
  private static void goesWithContainer(PlannedAction fencing, PlannedAction action) {
    PrimitiveResource container = fencing.node == null ? null : fencing.node.container();
    for (PlannedAction.Edge edge : List.copyOf(action.after)) {
      if (container != null && edge.then.resource == container && edge.then.is(Tasks.STOP)) {
        action.after.remove(edge);
        edge.then.before.remove(edge);
      }
    }
  }

  /** Whether nothing is sure about a resource before its node has been fenced. */
  static boolean needsProof(PrimitiveResource resource) {
    return resource.requires == PrimitiveResource.Requires.FENCING
        || resource.requires == PrimitiveResource.Requires.UNFENCING;
  }

  private void starts(PlannedAction fencing) {
    PolicyNode victim = fencing.node;
    for (PrimitiveResource resource : situation.primitives()) {
      boolean waits =
          switch (resource.requires) {
            case NOTHING -> false;
            case FENCING, UNFENCING -> true;
            // It may run there, as nobody has looked.
            case QUORUM ->
                victim != null
                    && !Probes.isKnown(resource, victim)
                    && resource.allowed.contains(victim);
          };
      if (waits) {
        for (String task : List.of(Tasks.START, Tasks.PROMOTE)) {
          for (PlannedAction action : Planning.actionsOf(resource, task)) {
            action.after(fencing, Flags.ORDERED | Flags.UNRUNNABLE_FIRST_BLOCKS);
          }
        }
      }
    }
  }

  /** Nodes that want to leave may do so when everything on them has stopped. */
  void shutDown() {
    for (PolicyNode node : situation.nodes) {
      if (node.online && node.shutdown && node.fencing == null && !node.isRemoteOrGuest()) {
        PlannedAction shutdown =
            situation.create(null, Tasks.SHUTDOWN, "do_shutdown-" + node.name, 0, node, false);
        shutdown.meta.put("op_no_wait", "true");
        shutdown.downed.add(node.id);
        planning.shutdowns.add(shutdown);
        after(shutdown, node);
      }
    }
    for (PlannedAction shutdown : planning.shutdowns) {
      if (shutdown.node != null && shutdown.node.coordinator) {
        for (PlannedAction other : planning.shutdowns) {
          if (other != shutdown) {
            shutdown.after(other, Flags.ORDERED);
          }
        }
        for (PlannedAction fencing : planning.fencing) {
          shutdown.after(fencing, Flags.ORDERED);
        }
      }
    }
  }

  private void after(PlannedAction shutdown, PolicyNode node) {
    for (PrimitiveResource resource : situation.primitives()) {
      if (resource.maintenance || (!resource.managed && !resource.blocked)) {
        continue;
      }
      for (PlannedAction stop : Planning.actionsOf(resource, Tasks.STOP)) {
        if (stop.node == node) {
          shutdown.after(stop, Flags.ORDERED | Flags.UNRUNNABLE_FIRST_BLOCKS);
        }
      }
    }
  }
}
