package org.ringward.sim.check;

import java.util.List;
import java.util.function.Predicate;
import org.ringward.sim.machine.NodeView;
import org.ringward.sim.world.Violation;

/**
 * Never do two daemons with disjoint memberships both think that they may go on (architecture.md,
 * section 5, rule 4). A side that has not noticed yet that it lost the others still names them as
 * members; that is what fencing is for.
 */
public final class OneQuorateSide implements ViewCheck {
  private final Predicate<NodeView> goesOn;

  private OneQuorateSide(Predicate<NodeView> goesOn) {
    this.goesOn = goesOn;
  }

  /** What a daemon thinks of its side, whoever of its members says so. */
  public static OneQuorateSide bySides() {
    return new OneQuorateSide(NodeView::quorate);
  }

  /**
   * With a quorum device: what a daemon thinks and its own votes say at that moment. A member that
   * has not got the device's vote itself goes on by the word of another, until the next message or
   * the end of the ring; {@link OneQuorateSideSoon} sees to that.
   */
  public static OneQuorateSide byOwnVotes() {
    return new OneQuorateSide(view -> view.quorate() && view.votesForIt());
  }

  @Override
  public void look(NodeView changed, List<NodeView> all) {
    if (!goesOn.test(changed)) {
      return;
    }
    for (NodeView other : all) {
      if (goesOn.test(other) && changed.members().intersect(other.members()).isEmpty()) {
        throw new Violation(
            "one quorate side",
            "n%d is quorate with %s and n%d is quorate with %s"
                .formatted(changed.node(), changed.members(), other.node(), other.members()));
      }
    }
  }
}
