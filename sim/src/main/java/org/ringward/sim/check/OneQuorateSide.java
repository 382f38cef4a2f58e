package org.ringward.sim.check;

import java.util.List;
import org.ringward.sim.machine.NodeView;
import org.ringward.sim.world.Violation;

/**
 * Never do two daemons with disjoint memberships both think that they may go on (architecture.md,
 * section 5, rule 4). A side that has not noticed yet that it lost the others still names them as
 * members; that is what fencing is for.
 */
public final class OneQuorateSide implements ViewCheck {
  @Override
  public void look(NodeView changed, List<NodeView> all) {
    if (!changed.quorate()) {
      return;
    }
    for (NodeView other : all) {
      if (other.quorate() && changed.members().intersect(other.members()).isEmpty()) {
        throw new Violation(
            "one quorate side",
            "n%d is quorate with %s and n%d is quorate with %s"
                .formatted(changed.node(), changed.members(), other.node(), other.members()));
      }
    }
  }
}
