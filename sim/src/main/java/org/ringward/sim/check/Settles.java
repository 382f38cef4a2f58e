package org.ringward.sim.check;

import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.agents.Truth;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.NodeProgram;
import org.ringward.sim.machine.Setup;

/**
 * When faults stop the cluster settles within a bound: all nodes are members, one coordinates, and
 * every resource really runs exactly once, every clone everywhere, and nobody is taken for cut off
 * from storage any more (architecture.md, section 5, rule 8).
 */
public final class Settles {
  private final Cluster cluster;
  private final Views views;
  private final Setup setup;

  public Settles(Cluster cluster, Views views, Setup setup) {
    this.cluster = cluster;
    this.views = views;
    this.setup = setup;
  }

  /** What is still missing, null when all is well. */
  public @Nullable String missing() {
    String unsettled = views.unsettled(cluster.count());
    if (unsettled != null) {
      return unsettled;
    }
    for (Machine machine : cluster.machines()) {
      if (machine.program() instanceof NodeProgram program && !program.cutOff().isEmpty()) {
        return "%s still takes %s for cut off from storage"
            .formatted(machine.name(), program.cutOff());
      }
    }
    for (String resource : setup.resources()) {
      String wrong = wrong(resource, 1);
      if (wrong != null) {
        return wrong;
      }
    }
    for (Setup.Clone clone : setup.clones()) {
      String wrong = wrong(clone.resource(), cluster.count());
      if (wrong == null && clone.promotable()) {
        wrong = wrong(Truth.promoted(clone.resource()), 1);
      }
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private @Nullable String wrong(String resource, int machines) {
    SortedSet<Integer> nodes = cluster.truth().runningOn(resource);
    return nodes.size() == machines
        ? null
        : resource + " really runs on " + nodes + " instead of " + machines + " machines";
  }
}
