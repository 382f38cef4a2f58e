package org.ringward.core.policy.actions;

import org.ringward.core.policy.model.ClusterOptions;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Tasks;

/** Where capacities count, what leaves a node makes room before anything comes. */
final class Capacities {
  private static final String LOADED = "load_stopped_";

  private Capacities() {}

  static void order(Planning planning, PrimitiveResource resource) {
    if (planning.situation.options.placement == ClusterOptions.Placement.DEFAULT
        || resource.utilization.isEmpty()) {
      return;
    }
    for (PolicyNode node : resource.runningOn) {
      planning.maker.pseudo(LOADED + node).require();
    }
    for (PolicyNode node : planning.situation.nodes) {
      if (resource.allowed.contains(node)) {
        planning.maker.pseudo(LOADED + node).require();
      }
    }
    for (PolicyNode node : resource.runningOn) {
      PlannedAction room = planning.maker.pseudo(LOADED + node);
      for (PlannedAction stop : Planning.actionsOf(resource, Tasks.STOP)) {
        if (stop.node == node) {
          planning.orderings.order(stop, room, Flags.ORDERED);
        }
      }
    }
    PolicyNode next = resource.assigned;
    if (next != null) {
      PlannedAction room = planning.maker.pseudo(LOADED + next);
      planning.orderings.order(room, resource, Tasks.START, Flags.ORDERED);
      planning.orderings.order(room, resource, Tasks.MIGRATE_TO, Flags.ORDERED);
    }
  }
}
