package org.ringward.sim.check;

import java.util.List;
import java.util.function.Predicate;
import org.ringward.core.base.NodeSet;
import org.ringward.sim.machine.NodeView;

/**
 * Notices when a side goes on that has no node in common with the one before and cannot know of it,
 * and when such two meet again: the later one does not know what the earlier one acknowledged, and
 * when they meet nobody can tell which of the two was the later one. This may be with a quorum
 * device that remembers nothing (docs/witness.md, corosync-qnetd), and where all nodes of a side
 * are shown old blocks of the quorum disk (docs/quorum.md).
 */
public final class Successions implements ViewCheck {
  private final Predicate<NodeSet> unaware;
  private final Runnable noticed;
  private NodeSet last = NodeSet.EMPTY;

  /** Sides that others have gone on without, since they met last. */
  private NodeSet left = NodeSet.EMPTY;

  /**
   * @param unaware whether the device cannot tell these nodes now who had its vote before
   * @param noticed what follows from it
   */
  public Successions(Predicate<NodeSet> unaware, Runnable noticed) {
    this.unaware = unaware;
    this.noticed = noticed;
  }

  @Override
  public void look(NodeView changed, List<NodeView> all) {
    if (!changed.quorate()) {
      return;
    }
    NodeSet members = changed.members();
    boolean anew = !last.isEmpty() && members.intersect(last).isEmpty() && unaware.test(members);
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
