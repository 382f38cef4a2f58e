package org.ringward.core.lease;

/** What the ring says of itself, for what leases need to know. */
public interface RingProgress {
  /** When the token of the ring was here last; monotonic nanoseconds, Long.MIN_VALUE for never. */
  long tokenSeen();

  /** Number of the last message that was delivered here; the numbers wrap around. */
  int delivered();

  /** All members of the ring have every message up to this one, as far as is known here. */
  int heldByAll();
}
