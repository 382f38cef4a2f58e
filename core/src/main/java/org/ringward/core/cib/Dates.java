package org.ringward.core.cib;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads points in time as ISO 8601 writes them: calendar dates (2005-01-20, 20050120), ordinal
 * dates (2005-020), week dates (2005-W03-4), each alone or followed by {@code T} or a space, a time
 * (12, 12:30, 12:30:15, 1230) and an offset (Z, +01:00, -0530, UTC). A time alone means today.
 */
public final class Dates {
  private static final Pattern CALENDAR =
      Pattern.compile("(\\d{4})-(\\d{1,2})(?:-(\\d{1,2}))?|(\\d{4})(\\d{2})(\\d{2})");
  private static final Pattern ORDINAL = Pattern.compile("(\\d{4})-?(\\d{3})");
  private static final Pattern WEEK = Pattern.compile("(\\d{4})-?W(\\d{1,2})(?:-?([1-7]))?");
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{1,2})(?::?(\\d{2}|(?<=:)\\d)(?::?(\\d{2}|(?<=:)\\d)(?:[.,]\\d+)?)?)? *([^\\d].*)?");
  private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{1,2})(?::?(\\d{2}))?");

  /** Longer texts are no dates; the patterns need not look at them. */
  private static final int LENGTH_MAX = 64;

  private Dates() {}

  /**
   * Seconds since 1970; null when the text is no date.
   *
   * @param zone where a text without an offset was written
   * @param now seconds since 1970, for a time without a date
   */
  public static @Nullable Long seconds(String text, ZoneId zone, long now) {
    String stripped = text.strip();
    if (stripped.startsWith("T")) {
      stripped = stripped.substring(1);
    }
    if (stripped.isEmpty() || stripped.length() > LENGTH_MAX) {
      return null;
    }
    if (stripped.equals("epoch")) {
      return 0L;
    }
    int split = split(stripped);
    String time = stripped.substring(Math.min(split + 1, stripped.length())).strip();
    try {
      LocalDate date =
          split < 0
              ? Instant.ofEpochSecond(now).atZone(zone).toLocalDate()
              : date(stripped.substring(0, split));
      return date == null ? null : seconds(date, time.isEmpty() ? "0" : time, zone);
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** Where the date ends; -1 when there is none. */
  private static int split(String text) {
    int separator = text.indexOf('T');
    if (separator < 0 || text.startsWith("UTC", separator - 1)) {
      separator = text.indexOf(' ');
    }
    int colon = text.indexOf(':');
    if (colon >= 0 && (separator < 0 || colon < separator)) {
      return -1;
    }
    return separator < 0 ? text.length() : separator;
  }

  private static @Nullable LocalDate date(String text) {
    Matcher ordinal = ORDINAL.matcher(text);
    if (ordinal.matches()) {
      return LocalDate.ofYearDay(number(ordinal.group(1)), number(ordinal.group(2)));
    }
    Matcher calendar = CALENDAR.matcher(text);
    if (calendar.matches()) {
      return calendar.group(1) == null
          ? LocalDate.of(
              number(calendar.group(4)), number(calendar.group(5)), number(calendar.group(6)))
          : LocalDate.of(
              number(calendar.group(1)),
              number(calendar.group(2)),
              calendar.group(3) == null ? 1 : number(calendar.group(3)));
    }
    Matcher week = WEEK.matcher(text);
    if (week.matches()) {
      int day = week.group(3) == null ? 1 : number(week.group(3));
      return weekDate(number(week.group(1)), number(week.group(2)), day);
    }
    return null;
  }

  private static @Nullable LocalDate weekDate(int year, int week, int day) {
    // The fourth of January is always in the first week.
    LocalDate first = LocalDate.of(year, 1, 4);
    if (week < 1 || week > IsoFields.WEEK_OF_WEEK_BASED_YEAR.rangeRefinedBy(first).getMaximum()) {
      return null;
    }
    return first.plusDays((week - 1) * 7L + day - first.getDayOfWeek().getValue());
  }

  private static @Nullable Long seconds(LocalDate date, String text, ZoneId zone) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return null;
    }
    int hour = number(time.group(1));
    int minute = time.group(2) == null ? 0 : number(time.group(2));
    int second = time.group(3) == null ? 0 : number(time.group(3));
    boolean midnight = hour == 24 && minute == 0 && second == 0;
    LocalDateTime local =
        midnight
            ? date.plusDays(1).atStartOfDay()
            : date.atTime(LocalTime.of(hour, minute, second));
    ZoneId at = zone(time.group(4), zone);
    return at == null ? null : local.atZone(at).toEpochSecond();
  }

  private static @Nullable ZoneId zone(@Nullable String text, ZoneId otherwise) {
    if (text == null) {
      return otherwise;
    }
    if (text.equals("Z") || text.equals("UTC")) {
      return ZoneOffset.UTC;
    }
    Matcher offset = OFFSET.matcher(text);
    if (!offset.matches()) {
      return null;
    }
    int minutes =
        number(offset.group(2)) * 60 + (offset.group(3) == null ? 0 : number(offset.group(3)));
    return ZoneOffset.ofTotalSeconds((offset.group(1).equals("-") ? -60 : 60) * minutes);
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  /**
   * Milliseconds from now to the next moment that is a whole number of intervals away from the
   * origin (interval-origin of an operation); -1 when the origin is no date or there is no
   * interval.
   */
  public static long startDelay(String origin, long intervalMs, long now, ZoneId zone) {
    Long from = seconds(origin, zone, now);
    if (from == null || intervalMs <= 0) {
      return -1;
    }
    return Math.floorMod((from - now) * 1000, intervalMs);
  }

  /** As {@link #startDelay(String, long, long, ZoneId)}, dates without an offset being UTC. */
  public static long startDelay(String origin, long intervalMs, long now) {
    return startDelay(origin, intervalMs, now, ZoneOffset.UTC);
  }
}
