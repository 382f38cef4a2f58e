package org.ringward.core.cib;

import java.util.List;

/** What is: node states; others holds tickets and what is unknown. */
public record Status(List<NodeState> nodes, List<Element> others) {
  public static final Status EMPTY = new Status(List.of(), List.of());

  public Status {
    nodes = List.copyOf(nodes);
    others = List.copyOf(others);
  }
}
