package org.ringward.cli.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The longest time without a good answer.
 *
 * @param fromNanos the last good answer before it
 * @param toNanos the first good answer after it
 * @param before who gave the answer before
 * @param after who gave the answer after
 */
record Outage(long fromNanos, long toNanos, String before, String after) {
  /** Whole milliseconds, rounded. */
  long millis() {
    return Math.round((toNanos - fromNanos) / 1e6);
  }

  /**
   * The longest gap between neighbouring answers, beginning with the last one before the fault.
   *
   * @param answers ascending in time
   * @param faultNanos when the fault was made
   * @return null when there is no good answer after the fault, or none before it
   */
  static @Nullable Outage longest(List<Answer> answers, long faultNanos) {
    Outage longest = null;
    Answer previous = null;
    for (Answer answer : answers) {
      if (previous != null && answer.nanos() - faultNanos > 0) {
        Outage gap = new Outage(previous.nanos(), answer.nanos(), previous.node(), answer.node());
        if (longest == null || gap.length() > longest.length()) {
          longest = gap;
        }
      }
      previous = answer;
    }
    return longest;
  }

  private long length() {
    return toNanos - fromNanos;
  }
}
