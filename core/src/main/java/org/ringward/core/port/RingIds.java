package org.ringward.core.port;

/**
 * The highest ring sequence this node has taken part in, durable (reference/totem-srp.md, section
 * 6).
 */
public interface RingIds {
  /**
   * The stored ring sequence, or the milliseconds since 1970 where these are more: so a node whose
   * store was lost cannot give a ring an id that one had before. 0 when neither is known.
   */
  long load();

  /** Stores it durably before returning; a failure must stop the node, so it is thrown. */
  void store(long ringSequence);
}
