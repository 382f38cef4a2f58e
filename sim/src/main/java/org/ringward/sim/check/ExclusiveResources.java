package org.ringward.sim.check;

import java.util.SortedSet;
import java.util.function.Predicate;
import org.ringward.sim.agents.Truth;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Violation;

/**
 * At no instant do two machines run the same resource, counted from real start to real stop
 * (architecture.md, section 5, rule 2).
 */
public final class ExclusiveResources implements Observer {
  private final Truth truth;
  private final Predicate<String> shared;

  /**
   * @param shared the resources that may run on several machines; nothing is promoted on two of
   *     them
   */
  public ExclusiveResources(Truth truth, Predicate<String> shared) {
    this.truth = truth;
    this.shared = shared;
  }

  @Override
  public void serviceUp(int node, String resource) {
    SortedSet<Integer> nodes = truth.runningOn(resource);
    if (nodes.size() > 1 && !shared.test(resource)) {
      throw new Violation(
          "exclusive resources", resource + " really runs on the machines " + nodes + " at once");
    }
  }
}
