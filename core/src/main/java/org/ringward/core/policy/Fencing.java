package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chapter 10: fencing of unclean nodes, and what waits for it. A stop on such a node is implied by
 * the fencing; starts wait until every unclean node is fenced.
 */
final class Fencing {
  private final Situation situation;

  private Fencing(Situation situation) {
    this.situation = situation;
  }

  /** Without quorum a policy may demand that this partition takes itself down. */
  static void applyQuorumPolicy(Situation situation) {
    ClusterOptions options = situation.options;
    if (options.haveQuorum() || options.quorumPolicy() != ClusterOptions.QuorumPolicy.SUICIDE) {
      return;
    }
    for (ClusterNode node : situation.nodes) {
      if (node.online) {
        node.markUnclean("cluster does not have quorum");
      }
    }
  }

  /** Why nothing that needs fencing may be started; null when it may. */
  static @Nullable String obstacle(Situation situation) {
    if (!situation.options.fencingEnabled()) {
      return null;
    }
    if (!situation.hasFencingDevice) {
      return "no fencing device is configured";
    }
    for (ClusterNode node : situation.nodes) {
      if (node.unclean && !situation.canFence(node)) {
        return "node " + node.name + " is unclean and cannot be fenced";
      }
    }
    return null;
  }

  static void plan(Situation situation) {
    Fencing chapter = new Fencing(situation);
    for (ClusterNode node : situation.nodes) {
      if (node.unclean && situation.options.fencingEnabled()) {
        if (situation.canFence(node)) {
          chapter.fence(node);
        } else {
          situation.warnings.add("node " + node.name + " is unclean and cannot be fenced");
        }
      }
    }
    chapter.oneAfterTheOther();
    for (PlannedAction fencing : situation.fencing) {
      chapter.impliedStops(fencing);
      chapter.starts(fencing);
    }
  }

  private void fence(ClusterNode node) {
    String action = situation.options.fencingAction();
    PlannedAction fencing =
        situation.create(
            null, PlannedAction.FENCE, "stonith-" + node.name + "-" + action, 0, node, false);
    fencing.fencingAction = action;
    fencing.reason = node.uncleanReason;
    node.fencing = fencing;
    situation.fencing.add(fencing);
  }

  /** The coordinator goes last, so that somebody is left to see to the rest. */
  private void oneAfterTheOther() {
    List<PlannedAction> others = new ArrayList<>();
    PlannedAction coordinator = null;
    for (PlannedAction fencing : situation.fencing) {
      if (fencing.node != null && fencing.node.coordinator) {
        coordinator = fencing;
      } else {
        others.add(fencing);
      }
    }
    if (!situation.options.concurrentFencing()) {
      for (int i = 1; i < others.size(); i++) {
        others.get(i).after(others.get(i - 1), OrderFlags.ORDERED);
      }
      others = others.isEmpty() ? others : List.of(others.getLast());
    }
    if (coordinator != null) {
      for (PlannedAction fencing : others) {
        coordinator.after(fencing, OrderFlags.ORDERED);
      }
    }
  }

  private void impliedStops(PlannedAction fencing) {
    for (PrimitiveResource resource : situation.primitives) {
      for (PlannedAction stop : resource.actionsOf(PlannedAction.STOP)) {
        if (stop.node != fencing.node || !resource.managed) {
          continue;
        }
        stop.pseudo = true;
        stop.runnable = true;
        stop.blockedReason = null;
        stop.after(fencing, OrderFlags.ORDERED);
        if (resource.parent != null) {
          for (PlannedAction group : resource.parent.actionsOf(PlannedAction.STOP)) {
            group.after(fencing, OrderFlags.INTERNAL);
          }
        }
      }
    }
  }

  private void starts(PlannedAction fencing) {
    ClusterNode victim = fencing.node;
    for (PrimitiveResource resource : situation.primitives) {
      boolean waits =
          switch (resource.requires) {
            case NOTHING -> false;
            case FENCING -> true;
            // It may run there, as nobody has looked.
            case QUORUM ->
                victim != null && !resource.known[victim.index] && resource.allowed[victim.index];
          };
      if (waits) {
        for (PlannedAction start : resource.actionsOf(PlannedAction.START)) {
          start.after(fencing, OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
        }
      }
    }
  }
}
