package org.ringward.core.base;

import java.util.Locale;

/**
 * A hybrid logical clock (Kulkarni, Demirbas, Madappa, Avva, Leone: Logical Physical Clocks, 2014):
 * close to the wall clock, yet whatever was known when a stamp was given has a smaller stamp, on
 * every node and however wrong the clocks are. A clock that is ahead carries the others with it;
 * the order stays right.
 *
 * <p>A stamp is a text of 16 hexadecimal digits: 48 bits of milliseconds since 1970, 16 bits of
 * counter. Texts are ordered as the stamps are.
 */
public final class HybridClock {
  private static final int COUNTER_BITS = 16;

  private long last;

  /** The next stamp. */
  public String tick(long wallMillis) {
    last = Math.max(last + 1, wallMillis << COUNTER_BITS);
    return text(last);
  }

  /** A stamp of another node, or of an earlier life, became known. What is no stamp is ignored. */
  public void observe(String stamp) {
    last = Math.max(last, parse(stamp));
  }

  /** The first stamp of a moment of the wall clock. */
  public static String at(long wallMillis) {
    return text(wallMillis << COUNTER_BITS);
  }

  private static String text(long stamp) {
    return String.format(Locale.ROOT, "%016x", stamp);
  }

  private static long parse(String stamp) {
    if (stamp.length() != 16) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(stamp, 16));
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
