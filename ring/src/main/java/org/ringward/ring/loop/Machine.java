package org.ringward.ring.loop;

/**
 * What a loop turns: a machine without clock, sockets and threads. All calls come from one thread.
 */
public interface Machine {
  void start(long nowNanos, long wallMillis);

  /**
   * A datagram of any content.
   *
   * @param link on which of this node's links it came in
   * @param fromNode configured node that has its source address on that link, 0 for none
   */
  void received(int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos);

  /** The system said that nobody listens at a node's address on a link. */
  void refused(int link, int node, long nowNanos);

  /**
   * When the ring was last formed without that node, which had been in it; monotonic nanoseconds,
   * Long.MIN_VALUE for never. What began before that and ends now tells of a former life of it: a
   * connection that was cut says so only when the network is whole again.
   */
  default long partedAt(int node) {
    return Long.MIN_VALUE;
  }

  /** After each round of inputs, and when {@link #nextDeadline} has come. */
  void turn(long nowNanos, long wallMillis);

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  long nextDeadline();
}
