package org.ringward.ring.net;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes at which the system says that nobody listens, until somebody asks. Any thread. */
final class Refusals {
  /** What says so of now, and not of a time before. */
  private static final long FRESH = Long.MAX_VALUE;

  /**
   * @param node at which nobody listens
   * @param since when that began which says so by its end: monotonic nanoseconds
   */
  record Refusal(int node, long since) {
    /** Whether it is about a life of the node that ended then, or before. */
    boolean isOlderThan(long parted) {
      return since != FRESH && parted != Long.MIN_VALUE && since - parted <= 0;
    }
  }

  private final SortedMap<Integer, Refusal> waiting = new TreeMap<>();
  private volatile boolean any;

  /** Nobody listens at that node, as a datagram to it was told; 0 is none. */
  void add(int node) {
    add(new Refusal(node, FRESH));
  }

  /** A connection of the node's program that stood since then has ended. */
  void ended(int node, long since) {
    add(new Refusal(node, since));
  }

  private synchronized void add(Refusal refusal) {
    if (refusal.node() != 0) {
      // What was made last is about the latest life.
      waiting.merge(refusal.node(), refusal, (a, b) -> a.since() > b.since() ? a : b);
      any = true;
    }
  }

  /** Whether {@link #take} has something. */
  boolean any() {
    return any;
  }

  /** A node at which nobody listens, told once; null for none. */
  synchronized @Nullable Refusal take() {
    if (waiting.isEmpty()) {
      any = false;
      return null;
    }
    return waiting.remove(waiting.firstKey());
  }
}
