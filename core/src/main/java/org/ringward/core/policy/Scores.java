package org.ringward.core.policy;

/**
 * Arithmetic of scores: from -INFINITY to INFINITY (plus and minus 1,000,000), where minus INFINITY
 * wins over everything and INFINITY over everything else.
 */
final class Scores {
  static final int INFINITY = 1_000_000;

  private Scores() {}

  static int bound(long value) {
    return Math.clamp(value, -INFINITY, INFINITY);
  }

  static int add(int a, int b) {
    if (a <= -INFINITY || b <= -INFINITY) {
      return -INFINITY;
    }
    if (a >= INFINITY || b >= INFINITY) {
      return INFINITY;
    }
    return bound((long) a + b);
  }

  static String text(int score) {
    if (score >= INFINITY) {
      return "INFINITY";
    }
    return score <= -INFINITY ? "-INFINITY" : Integer.toString(score);
  }
}
