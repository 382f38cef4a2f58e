package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Status;

/** Replaces one node's state in the status. */
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
    boolean found = false;
    for (int i = 0; i < states.size() && !found; i++) {
      if (states.get(i).uname().equals(nodeName)) {
        states.set(i, change.apply(states.get(i)));
        found = true;
      }
    }
    if (!found) {
      Attributes attributes = Attributes.of("id", id(cib, nodeName), "uname", nodeName);
      states.add(change.apply(new NodeState(attributes, List.of(), List.of(), List.of())));
    }
    Status status = new Status(states, cib.status().others());
    return new Cib(cib.attributes(), cib.configuration(), status, cib.others());
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
