package org.ringward.sim.check;

import java.util.List;
import org.ringward.sim.agents.Truth;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Violation;

/** A daemon that ends orderly leaves nothing running behind (issue 2, "graceful shutdown"). */
public final class OrderlyLeave implements Observer {
  private final Truth truth;

  public OrderlyLeave(Truth truth) {
    this.truth = truth;
  }

  @Override
  public void daemonEnded(int node, boolean orderly) {
    List<String> left = truth.on(node);
    if (orderly && !left.isEmpty()) {
      throw new Violation(
          "orderly leave", "the daemon of n" + node + " ended orderly while it still runs " + left);
    }
  }
}
