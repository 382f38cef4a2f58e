package org.ringward.sim.check;

import java.util.List;
import org.ringward.sim.machine.NodeView;
import org.ringward.sim.world.Violation;

/** In one ring at most one daemon takes itself for the coordinator (architecture.md, section 4). */
public final class OneCoordinator implements ViewCheck {
  @Override
  public void look(NodeView changed, List<NodeView> all) {
    if (!changed.coordinates()) {
      return;
    }
    for (NodeView other : all) {
      if (other.node() != changed.node()
          && other.coordinates()
          && other.ring().equals(changed.ring())) {
        throw new Violation(
            "one coordinator",
            "n%d and n%d both coordinate ring %s"
                .formatted(changed.node(), other.node(), changed.ring()));
      }
    }
  }
}
