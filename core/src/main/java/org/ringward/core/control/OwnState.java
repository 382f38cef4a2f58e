package org.ringward.core.control;

import java.util.List;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;

/** What a node knows about itself: the agreed history and the results on their way into it. */
final class OwnState {
  private OwnState() {}

  /**
   * This node's state as it is.
   *
   * @param incarnation of this life; the history of an earlier one says nothing about it
   * @param waiting what this node has sent and nobody has applied yet
   */
  static NodeState of(
      ClusterState state, int id, String name, long incarnation, List<ClusterMessage> waiting) {
    Cib cib = state.cib();
    String life = Long.toUnsignedString(incarnation, 16);
    if (!NodeStates.incarnation(state.node(name)).equals(life)) {
      cib = withoutHistory(cib, name);
    }
    for (ClusterMessage message : waiting) {
      if (message instanceof ClusterMessage.OperationResult result && result.node().equals(name)) {
        cib = StateMachine.record(cib, result);
      }
    }
    NodeState self = cib.status().node(name);
    return self == null ? NodeState.of(Integer.toString(id), name) : self;
  }

  private static Cib withoutHistory(Cib cib, String name) {
    NodeState self = cib.status().node(name);
    return self == null
        ? cib
        : cib.withStatus(cib.status().withNode(self.withHistories(List.of())));
  }
}
