package org.ringward.sim.check;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.ringward.sim.agents.Truth;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Violation;

/**
 * At no instant do two machines run the same resource, counted from real start to real stop; one
 * that is cut off from the storage of a resource whose only shared thing that is does not count
 * (architecture.md, section 5, rule 2).
 */
public final class ExclusiveResources implements Observer {
  private final Truth truth;
  private final Predicate<String> shared;
  private final Access access;

  /** Whether what a machine runs can do anything to what it shares with the others. */
  public interface Access {
    boolean mayUse(int node, String resource);
  }

  /**
   * @param shared the resources that may run on several machines; nothing is promoted on two of
   *     them
   */
  public ExclusiveResources(Truth truth, Predicate<String> shared, Access access) {
    this.truth = truth;
    this.shared = shared;
    this.access = access;
  }

  /** Where access to everything is never cut. */
  public ExclusiveResources(Truth truth, Predicate<String> shared) {
    this(truth, shared, (_, _) -> true);
  }

  @Override
  public void serviceUp(int node, String resource) {
    check(resource);
  }

  /** What was harmless without access is not any more. */
  @Override
  public void accessGiven(int node) {
    truth.on(node).forEach(this::check);
  }

  private void check(String resource) {
    SortedSet<Integer> nodes = new TreeSet<>(truth.runningOn(resource));
    nodes.removeIf(node -> !access.mayUse(node, resource));
    if (nodes.size() > 1 && !shared.test(resource)) {
      throw new Violation(
          "exclusive resources", resource + " really runs on the machines " + nodes + " at once");
    }
  }
}
