package org.ringward.sim.check;

import java.util.List;
import org.ringward.sim.machine.NodeView;
import org.ringward.sim.world.Violation;

/**
 * With two_node both halves are quorate, but never do two daemons with disjoint memberships both
 * think that they have proof that the other is down: only then may a half change anything, and
 * begin its own line of history (docs/architecture.md, two_node).
 */
public final class OneSideWithProof implements ViewCheck {
  @Override
  public void look(NodeView changed, List<NodeView> all) {
    if (!changed.founds()) {
      return;
    }
    for (NodeView other : all) {
      if (other.founds() && changed.members().intersect(other.members()).isEmpty()) {
        throw new Violation(
            "one side with proof",
            "n%d goes on alone with %s and n%d with %s"
                .formatted(changed.node(), changed.members(), other.node(), other.members()));
      }
    }
  }
}
