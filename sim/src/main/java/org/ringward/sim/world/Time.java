package org.ringward.sim.world;

import java.util.Locale;

/** Units of virtual time, in nanoseconds. */
public final class Time {
  public static final long MICROS = 1_000;
  public static final long MILLIS = 1_000_000;
  public static final long SECONDS = 1_000_000_000;
  public static final long NEVER = Long.MAX_VALUE;

  private Time() {}

  /** Seconds with milliseconds and microseconds for the story: {@code 12.345678}. */
  public static String text(long nanos) {
    return String.format(Locale.ROOT, "%d.%06d", nanos / SECONDS, nanos % SECONDS / MICROS);
  }
}
