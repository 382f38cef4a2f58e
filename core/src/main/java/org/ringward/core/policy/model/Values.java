package org.ringward.core.policy.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the value types of the CIB: truth values, scores, durations, whole numbers. */
public final class Values {
  private Values() {}

  /** A truth value as Pacemaker writes it (true, yes, on, y, 1); anything else is the default. */
  public static boolean truth(@Nullable String text, boolean otherwise) {
    if (text == null) {
      return otherwise;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "y", "1" -> true;
      case "false", "no", "off", "n", "0" -> false;
      default -> otherwise;
    };
  }

  /** A whole number, the default when the text is none. */
  public static long number(@Nullable String text, long otherwise) {
    if (text == null || text.isEmpty() || text.length() > 18) {
      return otherwise;
    }
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    if (start == text.length()) {
      return otherwise;
    }
    long value = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return otherwise;
      }
      value = value * 10 + (c - '0');
    }
    return text.charAt(0) == '-' ? -value : value;
  }

  /** A score: a whole number or INFINITY with a sign; the default when the text is none. */
  public static int score(@Nullable String text, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    return switch (text) {
      case "INFINITY", "+INFINITY", "infinity", "+infinity" -> Scores.INFINITY;
      case "-INFINITY", "-infinity" -> -Scores.INFINITY;
      default -> {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        long value = number(whole.trim(), Long.MIN_VALUE);
        yield value == Long.MIN_VALUE ? otherwise : Scores.bound(value);
      }
    };
  }

  /**
   * A duration in milliseconds: digits and a unit (none and s are seconds, ms, us, m, min, h, hr,
   * d), or an ISO 8601 duration such as PT5M; the default when the text is neither.
   */
  public static long milliseconds(@Nullable String text, long otherwise) {
    if (text == null) {
      return otherwise;
    }
    String trimmed = text.trim();
    if (!trimmed.isEmpty() && trimmed.charAt(0) == 'P') {
      return isoMilliseconds(trimmed, otherwise);
    }
    if (trimmed.equals("INFINITY")) {
      return Integer.MAX_VALUE * 1000L;
    }
    int end = 0;
    while (end < trimmed.length() && Character.isDigit(trimmed.charAt(end))) {
      end++;
    }
    if (end == 0 || end > 15) {
      return otherwise;
    }
    long value = number(trimmed.substring(0, end), otherwise);
    return switch (trimmed.substring(end).trim().toLowerCase(Locale.ROOT)) {
      case "", "s", "sec" -> value * 1000;
      case "ms", "msec" -> value;
      case "us", "usec" -> value / 1000;
      case "m", "min" -> value * 60_000;
      case "h", "hr" -> value * 3_600_000;
      case "d" -> value * 86_400_000;
      default -> otherwise;
    };
  }

  private static long isoMilliseconds(String text, long otherwise) {
    boolean time = false;
    long total = 0;
    long value = 0;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        value = Math.min(value * 10 + (c - '0'), 1_000_000_000L);
        continue;
      }
      long unitSeconds =
          switch (c) {
            case 'T' -> 0;
            case 'S' -> 1;
            case 'M' -> time ? 60 : 30 * 86_400;
            case 'H' -> 3_600;
            case 'D' -> 86_400;
            case 'W' -> 7 * 86_400;
            case 'Y' -> 365 * 86_400;
            default -> -1;
          };
      if (unitSeconds < 0) {
        return otherwise;
      }
      time |= c == 'T';
      total += value * unitSeconds * 1000;
      value = 0;
    }
    return total;
  }
}
