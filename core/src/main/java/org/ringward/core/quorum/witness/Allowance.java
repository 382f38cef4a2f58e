package org.ringward.core.quorum.witness;

/** So many at once and so many a second, not more. Times are monotonic nanoseconds. */
final class Allowance {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final long most;
  private final long costNanos;
  private long saved = Long.MIN_VALUE;

  /**
   * @param atOnce how many after a pause
   * @param perSecond how many in the long run
   */
  Allowance(int atOnce, int perSecond) {
    this.costNanos = NANOS_PER_SECOND / perSecond;
    this.most = atOnce * costNanos;
  }

  /** Whether one more may be done now; it counts then. */
  boolean take(long now) {
    saved = Math.max(saved, now - most);
    if (saved + costNanos > now) {
      return false;
    }
    saved += costNanos;
    return true;
  }
}
