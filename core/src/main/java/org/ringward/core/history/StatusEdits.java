package org.ringward.core.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;

/** Finds and replaces one node's state in the status. */
final class StatusEdits {
  private StatusEdits() {}

  /** The state of a node by its name, null when there is none. */
  static @Nullable NodeState find(Cib cib, String nodeName) {
    for (NodeState state : cib.status().nodes()) {
      if (state.uname().equals(nodeName)) {
        return state;
      }
    }
    return null;
  }

  /** A copy with the state of a node changed; a missing state is made first. */
  static Cib edit(Cib cib, String nodeName, UnaryOperator<NodeState> change) {
    List<NodeState> states = new ArrayList<>(cib.status().nodes());
    for (int i = 0; i < states.size(); i++) {
      if (states.get(i).uname().equals(nodeName)) {
        states.set(i, change.apply(states.get(i)));
        return cib.withStatus(cib.status().withNodes(states));
      }
    }
    states.add(change.apply(NodeState.of(id(cib, nodeName), nodeName)));
    return cib.withStatus(cib.status().withNodes(states));
  }

  private static String id(Cib cib, String nodeName) {
    for (NodeEntry entry : cib.configuration().nodes()) {
      if (entry.uname().equals(nodeName)) {
        return entry.id();
      }
    }
    return nodeName;
  }
}
