package org.ringward.sim.check;

import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.machine.Cluster;

/**
 * When faults stop the cluster settles within a bound: all nodes are members, one coordinates, and
 * every resource really runs exactly once (architecture.md, section 5, rule 8).
 */
public final class Settles {
  private final Cluster cluster;
  private final Views views;
  private final List<String> resources;

  public Settles(Cluster cluster, Views views, List<String> resources) {
    this.cluster = cluster;
    this.views = views;
    this.resources = List.copyOf(resources);
  }

  /** What is still missing, null when all is well. */
  public @Nullable String missing() {
    String unsettled = views.unsettled(cluster.count());
    if (unsettled != null) {
      return unsettled;
    }
    for (String resource : resources) {
      SortedSet<Integer> nodes = cluster.truth().runningOn(resource);
      if (nodes.size() != 1) {
        return resource + " really runs on " + nodes + " instead of one machine";
      }
    }
    return null;
  }
}
