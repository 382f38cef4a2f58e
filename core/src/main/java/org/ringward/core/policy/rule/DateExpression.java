package org.ringward.core.policy.rule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Dates;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.Values;

/**
 * A date_expression at one point in time.
 *
 * @param holds whether it holds now
 * @param nextChange when it may change, seconds since 1970, {@link Long#MAX_VALUE} for never. A
 *     date_spec never says when: it is looked at again whenever the cluster is.
 */
record DateExpression(boolean holds, long nextChange) {
  private static final DateExpression NEVER = new DateExpression(false, Long.MAX_VALUE);

  /** An expression without a readable date, or of an unknown operation, does not hold. */
  static DateExpression of(Element element, long now, ZoneId zone) {
    String operation = element.attributes().get("operation", "in_range");
    return switch (operation.toLowerCase(Locale.ROOT)) {
      case "gt" -> after(date(element, "start", zone, now), now);
      case "lt" -> before(date(element, "end", zone, now), now);
      case "in_range" -> inRange(element, now, zone);
      case "date_spec" -> {
        ZonedDateTime local = Instant.ofEpochSecond(now).atZone(zone);
        yield new DateExpression(matches(child(element, "date_spec"), local), Long.MAX_VALUE);
      }
      default -> NEVER;
    };
  }

  private static @Nullable Long date(Element element, String name, ZoneId zone, long now) {
    String text = element.attributes().get(name);
    return text == null ? null : Dates.seconds(text, zone, now);
  }

  private static @Nullable Element child(Element element, String name) {
    for (Element each : element.children()) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  private static DateExpression after(@Nullable Long start, long now) {
    if (start == null) {
      return NEVER;
    }
    return now > start
        ? new DateExpression(true, Long.MAX_VALUE)
        : new DateExpression(false, start + 1);
  }

  private static DateExpression before(@Nullable Long end, long now) {
    return end == null || now >= end ? NEVER : new DateExpression(true, end);
  }

  /** Both ends belong to the range; a duration counts from the start where there is no end. */
  private static DateExpression inRange(Element element, long now, ZoneId zone) {
    Long start = date(element, "start", zone, now);
    Long end = date(element, "end", zone, now);
    Element duration = child(element, "duration");
    if (end == null && start != null && duration != null) {
      end = plus(start, duration.attributes(), zone);
    }
    if (start == null && end == null) {
      return NEVER;
    }
    if (start != null && now < start) {
      return new DateExpression(false, start);
    }
    if (end == null) {
      return new DateExpression(true, Long.MAX_VALUE);
    }
    return now > end ? NEVER : new DateExpression(true, end + 1);
  }

  private static @Nullable Long plus(long start, Attributes duration, ZoneId zone) {
    try {
      return Instant.ofEpochSecond(start)
          .atZone(zone)
          .plusYears(part(duration, "years"))
          .plusMonths(part(duration, "months"))
          .plusWeeks(part(duration, "weeks"))
          .plusDays(part(duration, "days"))
          .plusHours(part(duration, "hours"))
          .plusMinutes(part(duration, "minutes"))
          .plusSeconds(part(duration, "seconds"))
          .toEpochSecond();
    } catch (DateTimeException | ArithmeticException _) {
      return null;
    }
  }

  private static long part(Attributes duration, String name) {
    return Values.number(duration.get(name), 0);
  }

  /** Every field that is given has to match; without a date_spec nothing does. */
  private static boolean matches(@Nullable Element spec, ZonedDateTime time) {
    if (spec == null) {
      return false;
    }
    Attributes fields = spec.attributes();
    return within(fields.get("seconds"), time.getSecond())
        && within(fields.get("minutes"), time.getMinute())
        && within(fields.get("hours"), time.getHour())
        && within(fields.get("monthdays"), time.getDayOfMonth())
        && within(fields.get("weekdays"), time.getDayOfWeek().getValue())
        && within(fields.get("yearsdays"), time.getDayOfYear())
        && within(fields.get("yeardays"), time.getDayOfYear())
        && within(fields.get("months"), time.getMonthValue())
        && within(fields.get("weeks"), time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR))
        && within(fields.get("years"), time.getYear())
        && within(fields.get("weekyears"), time.get(IsoFields.WEEK_BASED_YEAR));
  }

  /** A range is a number, or two with a dash between them of which one may be missing. */
  private static boolean within(@Nullable String range, long value) {
    if (range == null) {
      return true;
    }
    int dash = range.indexOf('-');
    if (dash < 0) {
      return Values.number(range.strip(), Long.MIN_VALUE) == value;
    }
    String low = range.substring(0, dash).strip();
    String high = range.substring(dash + 1).strip();
    if (low.isEmpty() && high.isEmpty()) {
      return false;
    }
    long from = low.isEmpty() ? Long.MIN_VALUE : Values.number(low, Long.MAX_VALUE);
    long to = high.isEmpty() ? Long.MAX_VALUE : Values.number(high, Long.MIN_VALUE);
    return from <= value && value <= to;
  }
}
