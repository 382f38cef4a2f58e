package org.ringward.sim.evs;

/** Sets of nodes 1 to 62 as bits. */
public final class Nodes {
  private Nodes() {}

  public static long of(int node) {
    return 1L << node;
  }

  public static boolean has(long nodes, int node) {
    return ((nodes >> node) & 1) == 1;
  }

  /** The nodes 1 to count. */
  public static long upTo(int count) {
    return (1L << (count + 1)) - 2;
  }

  /** As {@code {1, 2}}. */
  public static String text(long nodes) {
    StringBuilder text = new StringBuilder("{");
    for (int node = 1; node < Long.SIZE; node++) {
      if (has(nodes, node)) {
        text.append(text.length() == 1 ? "" : ", ").append(node);
      }
    }
    return text.append('}').toString();
  }
}
