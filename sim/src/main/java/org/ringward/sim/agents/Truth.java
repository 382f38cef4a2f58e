package org.ringward.sim.agents;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.World;

/** Which machine really runs which resource, from real start to real stop. */
public final class Truth {
  private final World world;
  private final SortedMap<String, SortedSet<Integer>> runningOn = new TreeMap<>();

  public Truth(World world) {
    this.world = world;
  }

  /** The name under which it is known where a resource is promoted. */
  public static String promoted(String resource) {
    return resource + " promoted";
  }

  /** The resource begins to run on the machine; nothing happens when it does already. */
  public void up(int node, String resource) {
    if (runningOn.computeIfAbsent(resource, _ -> new TreeSet<>()).add(node)) {
      if (world.trace().told()) {
        world.tell(node, "* " + resource + " really runs now");
      }
      for (Observer observer : world.observers()) {
        observer.serviceUp(node, resource);
      }
    }
  }

  /** The resource ends on the machine; nothing happens when it does not run there. */
  public void down(int node, String resource) {
    SortedSet<Integer> nodes = runningOn.get(resource);
    if (nodes != null && nodes.remove(node)) {
      if (world.trace().told()) {
        world.tell(node, "* " + resource + " is really gone now");
      }
      for (Observer observer : world.observers()) {
        observer.serviceDown(node, resource);
      }
    }
  }

  /** Everything on the machine is gone at once. */
  public void allDown(int node) {
    for (String resource : on(node)) {
      down(node, resource);
    }
  }

  public boolean isUp(int node, String resource) {
    return runningOn(resource).contains(node);
  }

  /** The machines on which the resource runs, ascending. */
  public SortedSet<Integer> runningOn(String resource) {
    return runningOn.getOrDefault(resource, Collections.emptySortedSet());
  }

  /** The resources that run on a machine, by name. */
  public List<String> on(int node) {
    List<String> resources = new ArrayList<>();
    runningOn.forEach((resource, nodes) -> {
      if (nodes.contains(node)) {
        resources.add(resource);
      }
    });
    return resources;
  }
}
