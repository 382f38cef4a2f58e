package org.ringward.sim.agents;

import org.ringward.sim.world.Time;

/**
 * How well agents behave on a machine. Durations in nanoseconds, misbehaviour in cases of a million
 * calls.
 *
 * @param failures the call does nothing and says so
 * @param halfStarts a start that works, but says it has failed
 * @param hangs the call never ends unless it is killed; half of them do their work first
 * @param slow the call takes up to slowest
 */
public record Habits(
    long fastest, long usual, long slowest, long failures, long halfStarts, long hangs, long slow) {
  public static final Habits GOOD =
      new Habits(2 * Time.MILLIS, 40 * Time.MILLIS, Time.SECONDS, 0, 0, 0, 0);
}
