package org.ringward.sim.check;

import java.util.List;
import java.util.function.Supplier;
import org.ringward.sim.machine.NodeView;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

/**
 * The same as {@link OneQuorateSide} where a quorum device votes: a node that has not got its vote
 * counts what another node of its ring says, and learns that the vote is gone by the next message
 * or with the end of the ring. So two sides may be quorate for that long, not longer
 * (docs/quorum.md, docs/witness.md).
 */
public final class OneQuorateSideSoon implements ViewCheck {
  private final World world;
  private final long patienceNanos;
  private final Supplier<List<NodeView>> living;

  /**
   * @param patienceNanos the longest that a node may need to notice the end of its ring
   * @param living the views of all daemons that are not paused
   */
  public OneQuorateSideSoon(World world, long patienceNanos, Supplier<List<NodeView>> living) {
    this.world = world;
    this.patienceNanos = patienceNanos;
    this.living = living;
  }

  @Override
  public void look(NodeView changed, List<NodeView> all) {
    for (NodeView other : all) {
      if (contradict(changed, other)) {
        world.after(patienceNanos, 0, () -> again(changed, other));
      }
    }
  }

  private void again(NodeView one, NodeView other) {
    List<NodeView> now = living.get();
    if (now.stream().anyMatch(each -> isStill(each, one))
        && now.stream().anyMatch(each -> isStill(each, other))) {
      throw new Violation(
          "one quorate side",
          "n%d is still quorate with %s and n%d with %s"
              .formatted(one.node(), one.members(), other.node(), other.members()));
    }
  }

  private static boolean isStill(NodeView now, NodeView then) {
    return now.node() == then.node()
        && now.quorate()
        && now.ring().equals(then.ring())
        && now.members().equals(then.members());
  }

  private static boolean contradict(NodeView one, NodeView other) {
    return one.quorate() && other.quorate() && one.members().intersect(other.members()).isEmpty();
  }
}
