package org.ringward.core.policy.model;

/** Arithmetic of scores, where INFINITY is 1000000 and minus INFINITY wins over everything. */
public final class Scores {
  public static final int INFINITY = 1_000_000;

  private Scores() {}

  /** Within minus and plus INFINITY. */
  public static int bound(long value) {
    return (int) Math.max(-INFINITY, Math.min(INFINITY, value));
  }

  public static int add(int a, int b) {
    if (a <= -INFINITY || b <= -INFINITY) {
      return -INFINITY;
    }
    if (a >= INFINITY || b >= INFINITY) {
      return INFINITY;
    }
    return bound((long) a + b);
  }

  /** As Pacemaker writes it: a number, INFINITY or -INFINITY. */
  public static String text(int score) {
    if (score >= INFINITY) {
      return "INFINITY";
    }
    return score <= -INFINITY ? "-INFINITY" : Integer.toString(score);
  }
}
