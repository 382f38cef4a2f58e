package org.ringward.core.agent;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pacemaker's way to write a timeout (reference/ecosystem.md, A10). */
public final class TimeText {
  private static final Pattern FORM = Pattern.compile("\\s*([0-9]{1,9})\\s*([a-z]*)\\s*");

  private TimeText() {}

  /** Milliseconds of a number with an optional unit, bare ones are seconds; empty if malformed. */
  public static OptionalLong millis(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "us", "usec" -> OptionalLong.of(number / 1000);
      case "ms", "msec" -> OptionalLong.of(number);
      case "", "s", "sec" -> OptionalLong.of(number * 1000);
      case "m", "min" -> OptionalLong.of(number * 60_000);
      case "h", "hr" -> OptionalLong.of(number * 3_600_000);
      default -> OptionalLong.empty();
    };
  }
}
