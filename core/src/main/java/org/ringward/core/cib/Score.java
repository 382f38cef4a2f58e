package org.ringward.core.cib;

import java.util.OptionalInt;

/**
 * Scores: integers from -1000000 to 1000000, whose ends are called minus and plus INFINITY
 * (reference/ecosystem.md, A10).
 */
public final class Score {
  public static final int INFINITY = 1_000_000;

  private Score() {}

  /**
   * A score as people write it: an integer with or without sign, beyond the ends taken as the end,
   * or INFINITY, +INFINITY, -INFINITY. Empty when it is none of these.
   */
  public static OptionalInt parse(String text) {
    String word = text.strip();
    return switch (word) {
      case "INFINITY", "+INFINITY" -> OptionalInt.of(INFINITY);
      case "-INFINITY" -> OptionalInt.of(-INFINITY);
      default -> number(word);
    };
  }

  private static OptionalInt number(String word) {
    int digits = word.startsWith("-") || word.startsWith("+") ? 1 : 0;
    if (word.length() == digits) {
      return OptionalInt.empty();
    }
    long value = 0;
    for (int i = digits; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c < '0' || c > '9') {
        return OptionalInt.empty();
      }
      value = Math.min(INFINITY, value * 10 + (c - '0'));
    }
    return OptionalInt.of((int) (word.startsWith("-") ? -value : value));
  }

  /** The sum, by the rule that minus INFINITY wins over everything and INFINITY over the rest. */
  public static int add(int a, int b) {
    if (a <= -INFINITY || b <= -INFINITY) {
      return -INFINITY;
    }
    if (a >= INFINITY || b >= INFINITY) {
      return INFINITY;
    }
    return Math.clamp((long) a + b, -INFINITY, INFINITY);
  }

  /** A score as people read it: the ends as words. */
  public static String text(int score) {
    if (score >= INFINITY) {
      return "INFINITY";
    }
    return score <= -INFINITY ? "-INFINITY" : Integer.toString(score);
  }
}
