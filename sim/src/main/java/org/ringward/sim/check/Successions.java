package org.ringward.sim.check;

import java.util.List;
import org.ringward.core.base.NodeSet;
import org.ringward.sim.machine.NodeView;

/**
 * Notices when a side goes on that has no node in common with the one before, and when such two
 * meet again. With a quorum device that remembers nothing this may be: the later one does not know
 * what the earlier one acknowledged, and when they meet nobody can tell which of the two was the
 * later one (docs/witness.md, corosync-qnetd).
 */
public final class Successions implements ViewCheck {
  private final Runnable noticed;
  private NodeSet last = NodeSet.EMPTY;

  /** Sides that others have gone on without, since they met last. */
  private NodeSet left = NodeSet.EMPTY;

  /**
   * @param noticed what follows from it
   */
  public Successions(Runnable noticed) {
    this.noticed = noticed;
  }

  @Override
  public void look(NodeView changed, List<NodeView> all) {
    if (!changed.quorate()) {
      return;
    }
    NodeSet members = changed.members();
    boolean anew = !last.isEmpty() && members.intersect(last).isEmpty();
    boolean meets = !anew && !members.intersect(left).isEmpty();
    if (anew) {
      left = last;
    } else if (meets) {
      left = NodeSet.EMPTY;
    }
    last = members;
    if (anew || meets) {
      noticed.run();
    }
  }
}
