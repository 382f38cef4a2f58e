package org.ringward.core.base;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The timers of one machine: one deadline for each constant of an enum, in monotonic nanoseconds.
 * Nothing fires by itself: the owner asks what is due. Allocates nothing after construction.
 */
@SuppressWarnings("EnumOrdinal") // an index into an array of this process, never stored or sent
public final class Deadlines<E extends Enum<E>> {
  /** The deadline of a stopped timer. */
  public static final long NONE = Long.MAX_VALUE;

  private final E[] timers;
  private final long[] deadlines;

  /** All timers are stopped. */
  public Deadlines(Class<E> timers) {
    this.timers = timers.getEnumConstants();
    this.deadlines = new long[this.timers.length];
    stopAll();
  }

  /** Starts or moves a timer. */
  public void set(E timer, long deadlineNanos) {
    deadlines[timer.ordinal()] = deadlineNanos;
  }

  public void stop(E timer) {
    deadlines[timer.ordinal()] = NONE;
  }

  public void stopAll() {
    Arrays.fill(deadlines, NONE);
  }

  public boolean isSet(E timer) {
    return deadlines[timer.ordinal()] != NONE;
  }

  /** The earliest deadline, {@link #NONE} when all timers are stopped. */
  public long next() {
    long next = NONE;
    for (long deadline : deadlines) {
      next = Math.min(next, deadline);
    }
    return next;
  }

  /**
   * Stops and returns the timer that is due first at {@code now}, of equal ones the first constant;
   * null when none is due. To be called until it returns null.
   */
  public @Nullable E takeDue(long now) {
    int first = -1;
    for (int i = 0; i < deadlines.length; i++) {
      if (deadlines[i] != NONE
          && deadlines[i] <= now
          && (first < 0 || deadlines[i] < deadlines[first])) {
        first = i;
      }
    }
    if (first < 0) {
      return null;
    }
    deadlines[first] = NONE;
    return timers[first];
  }
}
