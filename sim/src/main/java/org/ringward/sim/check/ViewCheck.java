package org.ringward.sim.check;

import java.util.List;
import org.ringward.sim.machine.NodeView;

/** A rule about what daemons believe, looked at whenever one of them has changed its view. */
public interface ViewCheck {
  /**
   * Throws a {@link org.ringward.sim.world.Violation} when the rule is broken.
   *
   * @param changed the view that is new
   * @param all the latest views of all living daemons, the new one included
   */
  void look(NodeView changed, List<NodeView> all);
}
