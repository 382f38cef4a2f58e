package org.ringward.core.policy;

/** Chapter 11: nodes that want to leave may do so when everything on them has stopped. */
final class Shutdowns {
  private Shutdowns() {}

  static void plan(Situation situation) {
    for (ClusterNode node : situation.nodes) {
      if (node.online && node.shutdown && node.fencing == null) {
        PlannedAction shutdown =
            situation.create(
                null, PlannedAction.SHUTDOWN, "do_shutdown-" + node.name, 0, node, false);
        situation.shutdowns.add(shutdown);
        for (PrimitiveResource resource : situation.primitives) {
          if (resource.maintenance || (!resource.managed && !resource.blocked)) {
            continue;
          }
          for (PlannedAction stop : resource.actionsOf(PlannedAction.STOP)) {
            if (stop.node == node) {
              shutdown.after(stop, OrderFlags.UNRUNNABLE_FIRST_BLOCKS);
            }
          }
        }
      }
    }
  }
}
