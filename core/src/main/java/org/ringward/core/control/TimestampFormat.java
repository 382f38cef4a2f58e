package org.ringward.core.control;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A moment in a format of date(1), as far as alerts use it; times are UTC, which %z and %Z say too.
 * %N is nanoseconds, %6N or %06N microseconds. What is not known stays as it is written.
 */
final class TimestampFormat {
  private TimestampFormat() {}

  static String text(String format, long wallMillis) {
    ZonedDateTime time = Instant.ofEpochMilli(wallMillis).atZone(ZoneOffset.UTC);
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < format.length()) {
      char c = format.charAt(at);
      if (c != '%' || at + 1 == format.length()) {
        text.append(c);
        at++;
        continue;
      }
      int end = at + 1;
      while (end < format.length() - 1 && Character.isDigit(format.charAt(end))) {
        end++;
      }
      text.append(field(format.substring(at + 1, end), format.charAt(end), time));
      at = end + 1;
    }
    return text.toString();
  }

  private static String field(String width, char letter, ZonedDateTime time) {
    return switch (letter) {
      case 'N' -> fraction(width, time.getNano());
      case 'Y' -> as("uuuu", time);
      case 'y' -> as("uu", time);
      case 'm' -> as("MM", time);
      case 'd' -> as("dd", time);
      case 'e' -> String.format(Locale.ROOT, "%2d", time.getDayOfMonth());
      case 'j' -> as("DDD", time);
      case 'H' -> as("HH", time);
      case 'I' -> as("hh", time);
      case 'M' -> as("mm", time);
      case 'S' -> as("ss", time);
      case 'p' -> as("a", time);
      case 'a' -> as("EEE", time);
      case 'A' -> as("EEEE", time);
      case 'b', 'h' -> as("MMM", time);
      case 'B' -> as("MMMM", time);
      case 'F' -> as("uuuu-MM-dd", time);
      case 'D' -> as("MM/dd/uu", time);
      case 'T' -> as("HH:mm:ss", time);
      case 'R' -> as("HH:mm", time);
      case 's' -> Long.toString(time.toEpochSecond());
      case 'z' -> "+0000";
      case 'Z' -> "UTC";
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      default -> "%" + width + letter;
    };
  }

  private static String as(String pattern, ZonedDateTime time) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
  }

  private static String fraction(String width, int nanos) {
    String digits = String.format(Locale.ROOT, "%09d", nanos);
    String wanted = width.replaceFirst("^0+", "");
    int length = wanted.matches("[1-9]") ? Integer.parseInt(wanted) : 9;
    return digits.substring(0, length);
  }
}
