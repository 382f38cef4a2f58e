package org.ringward.ring.net;

import java.util.Arrays;

/** Nodes at which the system says that nobody listens, until somebody asks. Any thread. */
final class Refusals {
  private int[] nodes = new int[4];
  private int count;
  private volatile boolean any;

  /** Nobody listens at that node; 0 is none. */
  synchronized void add(int node) {
    for (int at = 0; at < count; at++) {
      if (nodes[at] == node) {
        return;
      }
    }
    if (node != 0) {
      if (count == nodes.length) {
        nodes = Arrays.copyOf(nodes, 2 * count);
      }
      nodes[count++] = node;
      any = true;
    }
  }

  /** Whether {@link #take} has something. */
  boolean any() {
    return any;
  }

  /** A node at which nobody listens, told once; 0 for none. */
  synchronized int take() {
    if (count == 0) {
      any = false;
      return 0;
    }
    return nodes[--count];
  }
}
