package org.ringward.core.region;

/**
 * What one region shows of one node. Times are monotonic nanoseconds of this node.
 *
 * <p>Heartbeats are numbered, all regions together: one whose successor came on any region longer
 * than the deadtime ago is too old for certain ({@link #isOlder}), for example on a slow line with
 * a long queue, from which the last ones of a dead node come at a steady pace.
 *
 * <p>How long a heartbeat was on its way is also measured, without a common clock: each carries the
 * uptime of its sender, and the smallest difference between our clock and that uptime belongs to
 * the fastest heartbeat. One that comes with a difference larger by D was D longer on its way. A
 * medium that keeps heartbeats back for longer than the deadtime would make a dead node look alive,
 * so such ones do not count. When a sender's clock stood still (its machine was suspended) all
 * differences grow for ever; after a deadtime of steady heartbeats the new difference is believed,
 * unless another region was faster meanwhile: then it is this one that is slow. The first heartbeat
 * of a region is compared with what other regions have measured of the node: an old one that
 * somebody repeats is known there, too.
 */
final class Sighting {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Clocks of two machines go apart by less than this part of the time. */
  private static final long DRIFT_PART = 5_000;

  /** Differences that are equal but for the jitter of loops. */
  private static final long STEADY_MILLIS = 200;

  /** More than any difference, and far from the ends of numbers. */
  static final long FAR = Long.MAX_VALUE / 2;

  /** What is known of the node on the region. */
  enum State {
    /** Not heard since this node's start, and that is not yet worrying. */
    UNKNOWN,
    SEEN,
    LOST,
    /** It said that its daemon ends. */
    LEFT
  }

  private State state = State.UNKNOWN;
  private boolean warned;
  private boolean everHeard;
  private long lastHeard;
  private long sequence = -1;

  /** Of the last heartbeat that counted; others may have passed since, too old to count. */
  private long heardSequence = -1;

  private long heardAt;
  private long heardDifference;

  private long keepaliveNanos;
  private long deadNanos;
  private long leastDifference;
  private long leastAt;
  private long difference;
  private long steadyDifference;
  private long steadySince;
  private long delayMillis;
  private long heard;
  private long losses;

  /** The node began another life: nothing of the one before counts. */
  void forgetLife() {
    sequence = -1;
    heardSequence = -1;
  }

  State state() {
    return state;
  }

  boolean isSeen() {
    return state == State.SEEN;
  }

  boolean everHeard() {
    return everHeard;
  }

  long lastHeard() {
    return lastHeard;
  }

  long silentNanos(long now) {
    return now - lastHeard;
  }

  long deadNanos() {
    return deadNanos;
  }

  long keepaliveNanos() {
    return keepaliveNanos;
  }

  long sequence() {
    return sequence;
  }

  long delayMillis() {
    return delayMillis;
  }

  /** Heartbeats that counted. */
  long heard() {
    return heard;
  }

  /** How often the node was lost here. */
  long losses() {
    return losses;
  }

  /** Whether it was heard as lately as a node should be that sends at its pace. */
  boolean isFresh(long now) {
    return state == State.SEEN && now - lastHeard <= keepaliveNanos + keepaliveNanos / 2;
  }

  /**
   * How long a heartbeat with that uptime was on its way, compared with the fastest, in
   * milliseconds.
   *
   * @param dead the deadtime in nanoseconds
   * @param peer all regions of the node, also this one
   */
  long travelled(long uptimeMillis, long now, long dead, Peer peer) {
    difference = now / NANOS_PER_MILLI - uptimeMillis;
    if (sequence < 0) {
      leastDifference = Math.min(difference, peer.leastDifference(now));
      leastAt = now;
      steadyDifference = difference;
      steadySince = now;
      delayMillis = difference - leastDifference;
      return delayMillis;
    }
    leastDifference = Math.min(difference, leastDifference + drift(now));
    if ((now - leastAt) / NANOS_PER_MILLI >= DRIFT_PART || difference == leastDifference) {
      leastAt = now;
    }
    if (Math.abs(difference - steadyDifference) > STEADY_MILLIS) {
      steadyDifference = difference;
      steadySince = now;
    }
    long elsewhere = peer.fastest(this, steadySince);
    boolean steady = now - steadySince >= dead && difference - elsewhere <= STEADY_MILLIS;
    if (difference > leastDifference && steady) {
      leastDifference = difference;
      leastAt = now;
    }
    delayMillis = difference - Math.min(leastDifference, elsewhere);
    return delayMillis;
  }

  /** The difference of the last heartbeat that counted; {@link #FAR} when none has since then. */
  long difference(long since) {
    return heardSequence >= 0 && heardAt >= since ? heardDifference : FAR;
  }

  /** What {@link #travelled} would compare with now; Long.MAX_VALUE when nothing was heard. */
  long leastDifference(long now) {
    return sequence < 0 ? Long.MAX_VALUE : leastDifference + drift(now);
  }

  /** How far the clocks may have gone apart since the smallest difference. */
  private long drift(long now) {
    return (now - leastAt) / NANOS_PER_MILLI / DRIFT_PART;
  }

  /** Whether a heartbeat of that number was sent before another that was here before that time. */
  boolean isOlder(long frameSequence, long time) {
    return frameSequence < heardSequence && heardAt < time;
  }

  /** Remembers that a frame was there, although it is too old to say anything about now. */
  void passed(long frameSequence) {
    sequence = frameSequence;
  }

  /** A heartbeat; true when the node was not seen before. */
  boolean heard(long frameSequence, long now, long keepalive, long dead) {
    boolean news = state != State.SEEN;
    state = State.SEEN;
    warned = false;
    everHeard = true;
    sequence = frameSequence;
    heardSequence = frameSequence;
    heardAt = now;
    heardDifference = difference;
    lastHeard = now;
    keepaliveNanos = keepalive;
    // Loops have a jitter: a node that stood still for all but a keepalive of the time is late.
    deadNanos = dead + Math.min(keepalive, dead / 10);
    heard++;
    return news;
  }

  /** The node said that it ends; true when that is news. */
  boolean left() {
    boolean news = state != State.LEFT;
    state = State.LEFT;
    return news;
  }

  /** The deadtime is over. */
  void lost() {
    if (state == State.SEEN) {
      losses++;
    }
    state = State.LOST;
  }

  /** True once for each time of silence that is long enough to be told. */
  boolean takeLate(long now, long warnNanos) {
    if (state != State.SEEN || warned || now - lastHeard < warnNanos) {
      return false;
    }
    warned = true;
    return true;
  }

  /** This node itself did not run: what it missed meanwhile is not the other's silence. */
  void excuse(long until) {
    if (everHeard) {
      lastHeard = Math.max(lastHeard, until);
    }
  }

  /** When something about a silent node is due, given the warntime. */
  long nextDeadline(long warnNanos) {
    if (state != State.SEEN) {
      return Long.MAX_VALUE;
    }
    return lastHeard + (warned ? deadNanos : Math.min(warnNanos, deadNanos));
  }
}
