package org.ringward.core.lease;

/**
 * Since when this node's view is confirmed. The token of a ring comes back only when every member
 * has passed it on; so at the time of the visit before, nobody had left the ring, and no view
 * without this node was agreed. How long datagrams were under way, and how long this node stood
 * still, does not matter for that.
 */
final class RoundTrips {
  /** Nothing is confirmed. */
  static final long NEVER = Long.MIN_VALUE;

  private long visit = NEVER;
  private long confirmed = NEVER;
  private boolean sawAny;
  private long first = NEVER;

  /** A view was agreed; what was seen so far may belong to the ring before. */
  void begin(long tokenSeen) {
    first = tokenSeen;
    sawAny = false;
    confirmed = NEVER;
  }

  void over() {
    confirmed = NEVER;
    sawAny = false;
    first = Long.MAX_VALUE;
  }

  /** The token was here last at that time. */
  void seen(long tokenSeen) {
    if (tokenSeen <= first || (sawAny && tokenSeen <= visit)) {
      return;
    }
    if (sawAny) {
      confirmed = visit;
    }
    visit = tokenSeen;
    sawAny = true;
  }

  /** Monotonic nanoseconds, {@link #NEVER} when nothing is confirmed in this view. */
  long confirmed() {
    return confirmed;
  }
}
