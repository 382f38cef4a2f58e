package org.ringward.cli.command;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Points in time as crm_simulate takes them. */
final class Instants {
  /** By date, week of the year or day of the year; seconds and offset may be left out. */
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder()
          .appendOptional(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendOptional(DateTimeFormatter.ISO_ORDINAL_DATE)
          .appendOptional(DateTimeFormatter.ISO_WEEK_DATE)
          .appendPattern("['T'][' ']HH:mm[:ss][XXX][XX][X]")
          .toFormatter(Locale.ROOT);

  private Instants() {}

  /**
   * Seconds since 1970 of a number, or of a date such as 2026-11-21T12:00:00Z or 2026-325 12:00; a
   * date without offset is in UTC.
   */
  static long epochSeconds(String text) {
    try {
      if (text.matches("\\d{1,12}")) {
        return Long.parseLong(text);
      }
      TemporalAccessor time = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
      return time instanceof OffsetDateTime exact
          ? exact.toEpochSecond()
          : LocalDateTime.from(time).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' is not a point in time; write it like 2026-11-21T12:00:00Z or in seconds since 1970."
              .formatted(text));
    }
  }
}
