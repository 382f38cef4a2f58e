package org.ringward.core.guard;

import org.ringward.core.base.Check;

/**
 * Notices when this node itself stood still: the process was stopped, the machine was suspended or
 * had no time for us. What the node believed before a stall over the budget may no longer be true.
 *
 * <p>The node must be turned at least as often as {@link #nextDeadline} says, also when it has
 * nothing else to do, or rest would look like a stall. Times are monotonic nanoseconds.
 */
public final class StallGuard {
  private long budgetNanos;
  private boolean turnedBefore;
  private long lastTurn;
  private long count;
  private long longestGap;
  private long lastStall;
  private long lastStallEnded;

  /**
   * What was seen so far.
   *
   * @param count stalls over the budget
   * @param longestGapNanos longest time between two turns, within the budget or over it
   * @param lastStallNanos length of the latest stall over the budget, 0 when there was none
   * @param lastStallEnded when it ended
   */
  public record Statistics(
      long count, long longestGapNanos, long lastStallNanos, long lastStallEnded) {}

  public StallGuard(long budgetNanos) {
    Check.that(budgetNanos > 0, "stall budget must be above 0");
    this.budgetNanos = budgetNanos;
  }

  /** The node turns: the length of the stall that has just ended, 0 when there was none. */
  public long turned(long now) {
    long gap = turnedBefore ? now - lastTurn : 0;
    turnedBefore = true;
    lastTurn = now;
    longestGap = Math.max(gap, longestGap);
    if (gap <= budgetNanos) {
      return 0;
    }
    count++;
    lastStall = gap;
    lastStallEnded = now;
    return gap;
  }

  /** From now on that budget counts. */
  public void budget(long nanos) {
    Check.that(nanos > 0, "stall budget must be above 0");
    budgetNanos = nanos;
  }

  /** The latest time of the next turn, well within the budget. */
  public long nextDeadline() {
    return turnedBefore ? lastTurn + budgetNanos / 2 : Long.MAX_VALUE;
  }

  public Statistics statistics() {
    return new Statistics(count, longestGap, lastStall, lastStallEnded);
  }
}
