package org.ringward.sim.check;

import java.util.List;
import org.ringward.sim.world.Violation;

/** Two members of one ring with the same state version have the same digest (rule 7). */
public final class EqualStates implements ViewCheck {
  @Override
  public void look(NodeView changed, List<NodeView> all) {
    if (changed.digest() == null) {
      return;
    }
    for (NodeView other : all) {
      if (other.digest() != null
          && other.ring().equals(changed.ring())
          && other.version().equals(changed.version())
          && !other.digest().equals(changed.digest())) {
        throw new Violation(
            "equal states",
            "n%d and n%d have version %s with the digests %s and %s"
                .formatted(
                    changed.node(),
                    other.node(),
                    changed.version(),
                    changed.digest(),
                    other.digest()));
      }
    }
  }
}
