package org.ringward.core.cib;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is: node states; others holds tickets and what is unknown. */
public record Status(List<NodeState> nodes, List<Element> others) {
  public static final Status EMPTY = new Status(List.of(), List.of());

  public Status {
    nodes = List.copyOf(nodes);
    others = List.copyOf(others);
  }

  /** The state of the node with that id, else with that name, null when there is none. */
  public @Nullable NodeState node(String idOrName) {
    for (NodeState each : nodes) {
      if (each.id().equals(idOrName)) {
        return each;
      }
    }
    for (NodeState each : nodes) {
      if (each.uname().equals(idOrName)) {
        return each;
      }
    }
    return null;
  }

  /** With the state, in place of the one with the same id. */
  public Status withNode(NodeState state) {
    return withNodes(Lists.put(nodes, state, NodeState::id));
  }

  public Status withNodes(List<NodeState> changed) {
    return new Status(changed, others);
  }
}
