package org.ringward.core.link;

/**
 * Which PINGs of one node are new: their times, which only their author understands, never go back
 * while its machine runs. Someone without the key can send again what he has recorded, and a PING
 * of an earlier life says that the node has begun anew; that must not make this node forget what it
 * has taken.
 *
 * <p>A machine that was started again begins at 0, so a time that is not newer than all before
 * counts when no newer one has come for as long as some PINGs take: the node as it was is gone.
 *
 * <p>The times are two numbers, of which the first decides: Corosync's are seconds and nanoseconds,
 * ours nanoseconds and a random number.
 */
final class PingTimes {
  /** Regular PINGs that must have been missed. */
  private static final int INTERVALS = 3;

  private boolean any;
  private long newestFirst;
  private long newestSecond;
  private long newestCame;

  /**
   * Takes note of a PING; false when what it says about numbers may be out of date.
   *
   * @param interval between two regular PINGs, nanoseconds
   */
  boolean isNews(long first, long second, long interval, long now) {
    boolean newer = first > newestFirst || (first == newestFirst && second > newestSecond);
    if (any && !newer && now - newestCame < INTERVALS * interval) {
      return false;
    }
    any = true;
    newestFirst = first;
    newestSecond = second;
    newestCame = now;
    return true;
  }
}
