package org.ringward.sim.check;

import java.util.List;
import org.ringward.core.base.NodeSet;
import org.ringward.sim.machine.NodeView;

/**
 * Notices when a side goes on that has no node in common with the one before. With a quorum device
 * that remembers nothing this may be, and then the later one does not know what the earlier one
 * acknowledged (docs/witness.md, corosync-qnetd).
 */
public final class Successions implements ViewCheck {
  private final Runnable noticed;
  private NodeSet last = NodeSet.EMPTY;

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
    boolean anew = !last.isEmpty() && changed.members().intersect(last).isEmpty();
    last = changed.members();
    if (anew) {
      noticed.run();
    }
  }
}
