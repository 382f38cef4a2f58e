package org.ringward.ring.loop;

import org.ringward.core.group.RingConfiguration;
import org.ringward.core.node.RingNode;

/**
 * What uses a ring inside the ring's own thread: gives it messages to send just before datagrams
 * are handled (the token may be among them), and hands on what was delivered once all of them are.
 * All methods are called by the loop's thread, unless said otherwise.
 */
public interface Companion {
  /** The node this belongs to; once, before it starts. */
  void attach(RingNode node);

  /** Gives the ring what it is to send. */
  void takeIn(long nowNanos);

  /** The turn is over: what was collected during it goes out. */
  void giveOut(long nowNanos);

  /**
   * The loop is about to sleep until a datagram comes; {@link #takeIn} is next.
   *
   * @return false when there is something to take in: the loop does not sleep then
   */
  boolean maySleep();

  /** A configuration change at its place in the order of messages. */
  void configurationChanged(RingConfiguration configuration);

  /** The groups of the ring of that sequence are synchronised: messages flow again. */
  void synchronised(long ringSequence);

  /**
   * The loop has ended; nothing else is called any more.
   *
   * @param orderly whether the node has left the ring as it was told to
   * @param reason one sentence
   */
  void ended(boolean orderly, String reason);
}
