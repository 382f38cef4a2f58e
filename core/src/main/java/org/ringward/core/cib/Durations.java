package org.ringward.core.cib;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of time as people write them (reference/ecosystem.md, A10): a number with a unit, bare
 * numbers are seconds; or a duration of ISO 8601 such as PT5M, in which a month has 30 days and a
 * year 365.
 */
public final class Durations {
  private static final Pattern SIMPLE = Pattern.compile("\\+?([0-9]{1,18})\\s*([a-z]*)");
  private static final Pattern ISO =
      Pattern.compile("p(?:[0-9]{1,9}[ymwd])*(t?(?:[0-9]{1,9}[hms])+)?");
  private static final Pattern ISO_PART = Pattern.compile("(t?)([0-9]+)([ymwdhs])");
  private static final long SECOND = 1000;
  private static final long DAY = 86_400 * SECOND;

  private Durations() {}

  /** Milliseconds, microseconds rounded down; empty when it is no length of time. */
  public static OptionalLong millis(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    Matcher simple = SIMPLE.matcher(word);
    if (simple.matches()) {
      return simple(Long.parseLong(simple.group(1)), simple.group(2));
    }
    return ISO.matcher(word).matches() && word.length() > 1 ? iso(word) : OptionalLong.empty();
  }

  /** Pacemaker takes P10S for PT10S; only M means something else before the T. */
  private static OptionalLong iso(String word) {
    boolean time = false;
    long sum = 0;
    Matcher part = ISO_PART.matcher(word).region(1, word.length());
    while (part.lookingAt()) {
      time |= !part.group(1).isEmpty();
      sum += Long.parseLong(part.group(2)) * isoFactor(part.group(3).charAt(0), time);
      part.region(part.end(), word.length());
    }
    return OptionalLong.of(sum);
  }

  private static long isoFactor(char unit, boolean time) {
    return switch (unit) {
      case 'y' -> 365 * DAY;
      case 'm' -> time ? 60 * SECOND : 30 * DAY;
      case 'w' -> 7 * DAY;
      case 'd' -> DAY;
      case 'h' -> 3600 * SECOND;
      default -> SECOND;
    };
  }

  /** As {@link #millis(String)}; {@code otherwise} when it is not set or no length of time. */
  public static long millis(@Nullable String text, long otherwise) {
    return text == null ? otherwise : millis(text).orElse(otherwise);
  }

  private static OptionalLong simple(long number, String unit) {
    return switch (unit) {
      case "us", "usec", "usecs" -> OptionalLong.of(number / 1000);
      case "ms", "msec", "msecs" -> OptionalLong.of(number);
      case "", "s", "sec", "secs", "second", "seconds" -> times(number, SECOND);
      case "m", "min", "mins", "minute", "minutes" -> times(number, 60 * SECOND);
      case "h", "hr", "hrs", "hour", "hours" -> times(number, 3600 * SECOND);
      default -> OptionalLong.empty();
    };
  }

  private static OptionalLong times(long number, long factor) {
    return number > Long.MAX_VALUE / factor
        ? OptionalLong.empty()
        : OptionalLong.of(number * factor);
  }

  /** Milliseconds in the shortest form that reads back the same, such as 90s, 2min or 1500ms. */
  public static String text(long millis) {
    if (millis == 0) {
      return "0s";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "min";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
