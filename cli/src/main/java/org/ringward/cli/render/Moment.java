package org.ringward.cli.render;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.ringward.cli.terminal.Environment;

/** Times as people read them: the time of day here, with the date when it is not today's. */
public final class Moment {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd ", Locale.ROOT);

  private final Environment environment;
  private final Instant now;

  /** Now and here, as the environment has them. */
  public Moment(Environment environment) {
    this.environment = environment;
    this.now = environment.clock().instant();
  }

  /** To the second. */
  public String time(long wallMillis) {
    return day(wallMillis) + TIME.format(here(wallMillis));
  }

  /** To the millisecond. */
  String precise(long wallMillis) {
    return day(wallMillis) + MILLIS.format(here(wallMillis));
  }

  /** How long ago, in the largest unit that fits. */
  String ago(long wallMillis) {
    long seconds = Math.max(0, now.getEpochSecond() - wallMillis / 1000);
    if (seconds < 120) {
      return seconds + " s ago";
    }
    if (seconds < 7_200) {
      return seconds / 60 + " min ago";
    }
    return seconds < 172_800 ? seconds / 3_600 + " h ago" : seconds / 86_400 + " days ago";
  }

  private String day(long wallMillis) {
    ZonedDateTime then = here(wallMillis);
    boolean today = then.toLocalDate().equals(now.atZone(environment.zone()).toLocalDate());
    return today ? "" : DAY.format(then);
  }

  private ZonedDateTime here(long wallMillis) {
    return Instant.ofEpochMilli(wallMillis).atZone(environment.zone());
  }
}
