package org.ringward.cli.command;

import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Dates;

/** Points in time as crm_simulate takes them. */
final class Instants {
  /** Shorter numbers are dates without dashes. */
  private static final Pattern SECONDS = Pattern.compile("\\d{9,12}");

  private Instants() {}

  /**
   * Seconds since 1970 of a number, or of a date such as 2026-11-21T12:00:00Z or 2026-325 12:00; a
   * date without offset is in UTC.
   */
  static long epochSeconds(String text) {
    if (SECONDS.matcher(text).matches()) {
      return Long.parseLong(text);
    }
    Long seconds = Dates.seconds(text, ZoneOffset.UTC, 0);
    if (seconds == null) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' is not a point in time; write it like 2026-11-21T12:00:00Z or in seconds since 1970."
              .formatted(text));
    }
    return seconds;
  }
}
