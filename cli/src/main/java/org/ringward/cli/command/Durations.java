package org.ringward.cli.command;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as operators write them: 90, 90s, 10m, 2h, 1d, 1h30m, or PT10M as in a CIB. */
final class Durations implements ITypeConverter<Duration> {
  private static final Pattern PARTS =
      Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s?)?");

  @Override
  public Duration convert(String value) {
    Duration duration = parse(value.strip().toLowerCase(Locale.ROOT));
    if (duration == null || !duration.isPositive()) {
      throw new TypeConversionException(
          "'" + value + "' is not a time; write it like 90s, 10m, 2h, 1d or 1h30m");
    }
    return duration;
  }

  private static @Nullable Duration parse(String value) {
    if (value.startsWith("p")) {
      try {
        return Duration.parse(value);
      } catch (DateTimeParseException _) {
        return null;
      }
    }
    Matcher parts = PARTS.matcher(value);
    if (value.isEmpty() || !parts.matches()) {
      return null;
    }
    return Duration.ofDays(number(parts, 1))
        .plusHours(number(parts, 2))
        .plusMinutes(number(parts, 3))
        .plusSeconds(number(parts, 4));
  }

  private static long number(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
