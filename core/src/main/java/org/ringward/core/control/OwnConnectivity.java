package org.ringward.core.control;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.NodeState;

/**
 * Tells the others what this node reaches of its ping nodes: {@link ClusterMessage.Connectivity}.
 */
final class OwnConnectivity {
  private final String node;
  private final String incarnation;
  private final Consumer<ClusterMessage> send;
  private int settled = -1;
  private int coming = -1;

  /** In which view the own word was sent last. */
  private long sentIn = -1;

  /**
   * @param incarnation this life of the daemon, as the state has it
   * @param send sends in this view only
   */
  OwnConnectivity(String node, long incarnation, Consumer<ClusterMessage> send) {
    this.node = node;
    this.incarnation = Long.toUnsignedString(incarnation, 16);
    this.send = send;
  }

  /** So much is reached from now on, or will be when it stays so. */
  void reaches(int settledNow, int comingNow) {
    if (settled != settledNow || coming != comingNow) {
      settled = settledNow;
      coming = comingNow;
      sentIn = -1;
    }
  }

  /** Sees to it that the agreed state has it. */
  void turn(ClusterState state, long ringSequence) {
    @Nullable NodeState self = state.node(node);
    if (settled >= 0
        && self != null
        && sentIn != ringSequence
        && !NodeStates.reaches(self, settled, coming)) {
      sentIn = ringSequence;
      send.accept(new ClusterMessage.Connectivity(node, incarnation, settled, coming));
    }
  }
}
