package org.ringward.core.region;

/** Another node, or this one, as its heartbeats show it. */
final class Peer {
  private static final int FORMER_LIVES = 8;
  private static final long NANOS_PER_MILLI = 1_000_000;

  final int id;
  final String name;
  final Sighting[] regions;

  /** For each region, which nodes this one says that it sees there; a bit for each place. */
  final long[][] views;

  /** When each view was told; 0 for never. */
  final long[] viewsAt;

  private long incarnation;
  private final long[] former = new long[FORMER_LIVES];
  private final long[] formerSequences = new long[FORMER_LIVES];
  private final long[] formerDifferences = new long[FORMER_LIVES];
  private int formerCount;
  private boolean quorate;
  private long quorateAt;
  private long stallMillis;
  private long stallEnded;

  /** How a life that a frame belongs to relates to what is known. */
  enum Life {
    SAME,
    NEW,
    OVER
  }

  Peer(int id, String name, int regionCount, int nodeCount) {
    this.id = id;
    this.name = name;
    this.regions = new Sighting[regionCount];
    for (int region = 0; region < regionCount; region++) {
      regions[region] = new Sighting();
    }
    this.views = new long[regionCount][(nodeCount + 63) / 64];
    this.viewsAt = new long[regionCount];
  }

  long incarnation() {
    return incarnation;
  }

  /**
   * The life of a frame. Numbers of lives grow, but for a node that has lost its disk: a smaller
   * one is believed when it was never heard before and the other has been silent.
   *
   * <p>Somebody may repeat a heartbeat from before that loss, which then looks like a new life. So
   * a life that seemed to be over is believed again when it goes on and the other does not.
   *
   * @param difference our clock less its sender's, in milliseconds
   * @param dead the deadtime in nanoseconds
   */
  Life life(long frameIncarnation, long sequence, long difference, long now, long dead) {
    if (frameIncarnation == incarnation) {
      return Life.SAME;
    }
    int at = formerLife(frameIncarnation);
    if (at >= 0) {
      boolean goesOn =
          sequence > formerSequences[at]
              && (difference - formerDifferences[at]) * NANOS_PER_MILLI <= dead;
      return goesOn && !isFresh(now) ? Life.NEW : Life.OVER;
    }
    boolean grown = incarnation == 0 || frameIncarnation > incarnation;
    return grown || !isSeen() ? Life.NEW : Life.OVER;
  }

  private int formerLife(long frameIncarnation) {
    for (int at = 0; at < Math.min(formerCount, FORMER_LIVES); at++) {
      if (former[at] == frameIncarnation) {
        return at;
      }
    }
    return -1;
  }

  private boolean isFresh(long now) {
    for (Sighting region : regions) {
      if (region.sequence() >= 0 && region.isFresh(now)) {
        return true;
      }
    }
    return false;
  }

  /** Begins another life; false when it is the first that is known. */
  boolean begin(long newIncarnation, long now) {
    boolean known = incarnation != 0;
    if (known) {
      int at = formerLife(incarnation);
      at = at >= 0 ? at : formerCount++ % FORMER_LIVES;
      former[at] = incarnation;
      formerDifferences[at] = leastDifference(now);
      formerSequences[at] = -1;
      for (Sighting region : regions) {
        formerSequences[at] = Math.max(formerSequences[at], region.sequence());
      }
    }
    incarnation = newIncarnation;
    stallMillis = 0;
    for (Sighting region : regions) {
      region.forgetLife();
    }
    return known;
  }

  /** The smallest of what regions have measured of its life; large when none has heard it. */
  long leastDifference(long now) {
    long least = Long.MAX_VALUE;
    for (Sighting region : regions) {
      least = Math.min(least, region.leastDifference(now));
    }
    return least;
  }

  /** The smallest of the last differences that the other regions have measured since then. */
  long fastest(Sighting than, long since) {
    long fastest = Sighting.FAR;
    for (Sighting region : regions) {
      if (!region.equals(than)) {
        fastest = Math.min(fastest, region.difference(since));
      }
    }
    return fastest;
  }

  /** Whether a heartbeat of its life was sent before one that any region brought by that time. */
  boolean isOlder(long sequence, long time) {
    for (Sighting region : regions) {
      if (region.isOlder(sequence, time)) {
        return true;
      }
    }
    return false;
  }

  /** Whether any region sees it. */
  boolean isSeen() {
    for (Sighting region : regions) {
      if (region.isSeen()) {
        return true;
      }
    }
    return false;
  }

  void quorate(boolean is, long now) {
    quorate = is;
    quorateAt = now;
  }

  boolean isQuorate() {
    return quorate;
  }

  /** When it last said whether it is quorate. */
  long quorateAt() {
    return quorateAt;
  }

  /** It speaks of a stall; true when that is another one than before. */
  boolean stalled(long millis, long ended) {
    long shift = Math.abs(ended - stallEnded);
    boolean news = millis > 0 && (millis != stallMillis || shift > 2_000_000_000L);
    if (news) {
      stallMillis = millis;
      stallEnded = ended;
    }
    return news;
  }

  long stallMillis() {
    return stallMillis;
  }

  long stallEnded() {
    return stallEnded;
  }
}
