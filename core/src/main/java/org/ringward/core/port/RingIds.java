package org.ringward.core.port;

/**
 * The highest ring sequence this node has taken part in, durable (reference/totem-srp.md, section
 * 6).
 */
public interface RingIds {
  /** The stored ring sequence, 0 when there is none. */
  long load();

  /** Stores it durably before returning; a failure must stop the node, so it is thrown. */
  void store(long ringSequence);
}
