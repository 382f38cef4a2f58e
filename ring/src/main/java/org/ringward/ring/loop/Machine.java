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

  /** After each round of inputs, and when {@link #nextDeadline} has come. */
  void turn(long nowNanos, long wallMillis);

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  long nextDeadline();
}
