package org.ringward.core.link;

/**
 * Which datagrams of one sender were seen. The sender counts its datagrams in each of its lives
 * (incarnations); of the lives heard of last, a window of 64 numbers is remembered for each. A
 * recording of a life that is forgotten here can be played once more, but it never shuts out the
 * living sender.
 */
final class ReplayGuard {
  private static final int LIVES = 4;
  private static final int WINDOW = 64;

  private final long[] incarnation = new long[LIVES];
  private final long[] highest = new long[LIVES];
  private final long[] seen = new long[LIVES];

  /** Accepts each number of a life once; numbers are positive, too old ones are refused. */
  boolean accept(long life, long sequence) {
    if (sequence <= 0) {
      return false;
    }
    int index = find(life);
    if (index < 0) {
      moveToFront(LIVES - 1);
      incarnation[0] = life;
      highest[0] = sequence;
      seen[0] = 1;
      return true;
    }
    if (!acceptIn(index, sequence)) {
      return false;
    }
    moveToFront(index);
    return true;
  }

  private boolean acceptIn(int index, long sequence) {
    long ahead = sequence - highest[index];
    if (ahead > 0) {
      seen[index] = ahead >= WINDOW ? 1 : (seen[index] << ahead) | 1;
      highest[index] = sequence;
      return true;
    }
    if (-ahead >= WINDOW || (seen[index] >>> -ahead & 1) != 0) {
      return false;
    }
    seen[index] |= 1L << -ahead;
    return true;
  }

  private int find(long life) {
    for (int i = 0; i < LIVES; i++) {
      if (incarnation[i] == life && highest[i] > 0) {
        return i;
      }
    }
    return -1;
  }

  private void moveToFront(int index) {
    long life = incarnation[index];
    long high = highest[index];
    long bits = seen[index];
    for (int i = index; i > 0; i--) {
      incarnation[i] = incarnation[i - 1];
      highest[i] = highest[i - 1];
      seen[i] = seen[i - 1];
    }
    incarnation[0] = life;
    highest[0] = high;
    seen[0] = bits;
  }
}
