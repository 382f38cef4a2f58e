package org.ringward.sim.check;

import java.util.List;
import org.ringward.sim.machine.NodeView;
import org.ringward.sim.world.Violation;

/**
 * Two members of one ring with the same state version have the same state (architecture.md, section
 * 5, rule 7).
 */
public final class EqualStates implements ViewCheck {
  @Override
  public void look(NodeView changed, List<NodeView> all) {
    for (NodeView other : all) {
      if (changed.agreed()
          && other.agreed()
          && other.ring().equals(changed.ring())
          && other.version().equals(changed.version())
          && other.stateHash() != changed.stateHash()) {
        throw new Violation(
            "equal states",
            "n%d and n%d have different states of the same version %s"
                .formatted(changed.node(), other.node(), changed.version()));
      }
    }
  }
}
