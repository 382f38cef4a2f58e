package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Chapter 12: a resource of which a node remembers nothing is looked for there before it is started
 * anywhere, and before what depends on it is touched.
 */
final class Probes {
  private final Situation situation;

  private Probes(Situation situation) {
    this.situation = situation;
  }

  static void create(Situation situation) {
    if (!situation.options.startupProbes()) {
      return;
    }
    Probes chapter = new Probes(situation);
    for (ClusterNode node : situation.nodes) {
      if ((node.online || node.pending) && !node.unclean) {
        for (PrimitiveResource resource : situation.primitives) {
          if (!resource.known[node.index] && !resource.removed) {
            chapter.probe(resource, node);
          }
        }
      }
    }
  }

  private void probe(PrimitiveResource resource, ClusterNode node) {
    String key = resource.operationKey(PlannedAction.MONITOR, 0);
    PlannedAction probe = situation.create(resource, PlannedAction.MONITOR, key, 0, node, false);
    probe.settings = resource.settingsFor(PlannedAction.MONITOR, 0);
    probe.expectedExitCode = HistoryEntry.NOT_RUNNING;
    probe.reason = "nothing is known of it there";
    if (node.pending) {
      probe.block("node " + node.name + " is pending");
    }
  }

  /** Lets starts, and dependents, wait for probes. */
  static void order(Situation situation) {
    for (PrimitiveResource resource : situation.primitives) {
      List<PlannedAction> probes = probes(resource);
      if (!probes.isEmpty()) {
        for (PlannedAction start : resource.actionsOf(PlannedAction.START)) {
          for (PlannedAction probe : probes) {
            start.after(probe, OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
          }
          beforeRestarts(resource, start, probes, new ArrayList<>());
        }
      }
    }
    afterStops(situation);
  }

  private static List<PlannedAction> probes(PrimitiveResource resource) {
    List<PlannedAction> probes = new ArrayList<>();
    for (PlannedAction action : resource.actions) {
      if (action.isProbe()) {
        probes.add(action);
      }
    }
    return probes;
  }

  /** What comes after a stop waits until it is known whether there is something to stop. */
  private static void afterStops(Situation situation) {
    for (Situation.StopOrder order : situation.stopOrders) {
      if (order.first() != order.then().resource) {
        for (PlannedAction probe : probes(order.first())) {
          order.then().after(probe, OrderFlags.ORDERED);
        }
      }
    }
  }

  /** A dependent that must be restarted after a start is stopped only after the probes. */
  private static void beforeRestarts(
      PrimitiveResource origin,
      PlannedAction start,
      List<PlannedAction> probes,
      List<PlannedAction> seen) {
    for (PlannedAction.Edge edge : start.after) {
      PlannedAction then = edge.then();
      boolean implied = OrderFlags.has(edge.flags(), OrderFlags.FIRST_IMPLIES_THEN);
      if (!implied || seen.contains(then)) {
        continue;
      }
      seen.add(then);
      if (then.is(PlannedAction.START)
          && then.resource instanceof PrimitiveResource dependent
          && dependent != origin) {
        for (PlannedAction stop : dependent.actionsOf(PlannedAction.STOP)) {
          if (!stop.pseudo) {
            for (PlannedAction probe : probes) {
              stop.after(probe, OrderFlags.ORDERED);
            }
          }
        }
      }
      beforeRestarts(origin, then, probes, seen);
    }
  }
}
