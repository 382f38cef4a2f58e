package org.ringward.core.totem;

/** Where the ring takes from what a node has to say, at the moment the token lets it speak. */
public interface PayloadSource {
  /** Whether there is something to send. */
  boolean isEmpty();

  /** How many frames are waiting, roughly; 0 exactly when empty. */
  int backlog();

  /**
   * Writes the next packet, at most {@code capacity} bytes, and takes it off the queue: it has its
   * place in the order now. Returns its length, 0 when there is nothing to send.
   */
  int fill(byte[] frame, int offset, int capacity);
}
