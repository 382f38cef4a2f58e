package org.ringward.core.node;

import org.ringward.core.group.ProcessGroups;

/**
 * A node's orderly way out of the ring, as Corosync's: it says that it leaves for good (what
 * votequorum's others need with allow_downscale, reference/totem-pg-sync-services.md, section 9),
 * waits until its own order to end comes back in the order of messages, so that everything it has
 * sent is delivered, and goes with Totem's LEAVE.
 */
final class Departure {
  /** Longer than any change of the membership with usual times takes. */
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private final ProcessGroups groups;
  private long until = Long.MAX_VALUE;
  private boolean delivered;

  Departure(ProcessGroups groups) {
    this.groups = groups;
  }

  /** Announces it; the first call counts. */
  void begin(long now) {
    if (!hasBegun()) {
      until = now + PATIENCE_NANOS;
      groups.orderShutdown();
    }
  }

  boolean hasBegun() {
    return until != Long.MAX_VALUE;
  }

  /** This node's order to end has come back. */
  void orderDelivered() {
    delivered = hasBegun();
  }

  /** Whether nothing is left to wait for. */
  boolean isOver(long now) {
    return delivered || now >= until;
  }

  /** When {@link #isOver} is to be asked next, Long.MAX_VALUE for never. */
  long nextDeadline(long now) {
    return delivered ? now : until;
  }
}
