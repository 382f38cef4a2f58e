package org.ringward.core.totem;

/**
 * When a token that was sent is sent again. Corosync waits token_retransmit, always. While messages
 * flow a rotation takes about a millisecond, and a lost token would stop the ring for that long; so
 * here the first repetition comes after some rotations' time, each further one after twice the time
 * before, at most token_retransmit. Whoever has the token already drops the repetition.
 *
 * <p>While the ring is idle the representative holds the token, and token_retransmit is right for
 * the first repetition: the token is to come when its rest is over. When it does not, it or its
 * repetition is lost, and the next ones come after a quarter of that: a ring at rest sends the
 * token seldom and bears as much loss as a busy one.
 */
final class TokenResends {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Rotations without the token before it is sent again. */
  private static final int ROTATIONS = 4;

  /** Not sooner than this: threads are not scheduled more precisely on a busy machine. */
  private static final long LEAST_NANOS = 2 * NANOS_PER_MILLI;

  /** How much of a longer or shorter rotation counts, as shifts. */
  private static final int UP_SHIFT = 5;

  private static final int DOWN_SHIFT = 3;

  /** How much sooner a token that rested is repeated when its first repetition has not helped. */
  private static final int OVERDUE_FACTOR = 4;

  private final RingContext context;
  private long rotationNanos;
  private long delayNanos;
  private long lastVisit;
  private boolean lastVisitCounts;

  TokenResends(RingContext context) {
    this.context = context;
    this.rotationNanos = context.times.tokenRetransmit() * NANOS_PER_MILLI / ROTATIONS;
  }

  /** A new ring begins. */
  void reset() {
    lastVisitCounts = false;
  }

  /** A token came, and is handled. */
  void visited(long now) {
    if (lastVisitCounts && !context.tokenHeld) {
      // Rotations in which the token was lost must not look like the usual.
      long more = Math.min(now - lastVisit, 4 * rotationNanos + NANOS_PER_MILLI) - rotationNanos;
      rotationNanos += more >> (more > 0 ? UP_SHIFT : DOWN_SHIFT);
    }
    lastVisit = now;
    lastVisitCounts = !context.tokenHeld;
  }

  /** A token was sent. */
  void restart(long now) {
    long most = context.times.tokenRetransmit() * NANOS_PER_MILLI;
    delayNanos =
        lastVisitCounts ? Math.min(most, Math.max(LEAST_NANOS, ROTATIONS * rotationNanos)) : most;
    context.timers.set(RingTimer.TOKEN_RETRANSMIT, now + delayNanos);
  }

  /** The token was sent again. */
  void resent(long now) {
    long most = context.times.tokenRetransmit() * NANOS_PER_MILLI;
    delayNanos = lastVisitCounts ? Math.min(most, 2 * delayNanos) : most / OVERDUE_FACTOR;
    context.timers.set(RingTimer.TOKEN_RETRANSMIT, now + delayNanos);
  }
}
