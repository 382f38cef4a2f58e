package org.ringward.sim.machine;

import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/** The clocks of one machine: a monotonic one that drifts, and a wall clock that also jumps. */
public final class MachineClock {
  /** Quartz is good to some hundred millionths. */
  private static final int LARGEST_DRIFT = 300;

  private static final long MILLION = 1_000_000;
  private static final long WALL_START_MILLIS = 1_790_000_000_000L;

  private final long driftMillionths;
  private final long origin;
  private long wallOffsetMillis;

  public MachineClock(Chance chance) {
    this.driftMillionths = chance.between(-LARGEST_DRIFT, LARGEST_DRIFT);
    this.origin = chance.between(0, 1_000_000 * Time.SECONDS);
    this.wallOffsetMillis = chance.between(-2000, 2000);
  }

  /** What the monotonic clock shows at a time of the world. */
  public long monotonic(long worldTime) {
    return origin + worldTime + worldTime * driftMillionths / MILLION;
  }

  /** The earliest time of the world at which the monotonic clock shows at least that. */
  public long worldTime(long monotonic) {
    long time = (monotonic - origin) * MILLION / (MILLION + driftMillionths) - 1;
    while (monotonic(time) < monotonic) {
      time++;
    }
    return time;
  }

  /** What the wall clock shows, milliseconds since 1970. */
  public long wallMillis(long worldTime) {
    return WALL_START_MILLIS + worldTime / Time.MILLIS + wallOffsetMillis;
  }

  /** Somebody sets the wall clock. */
  public void jumpWall(long millis) {
    wallOffsetMillis += millis;
  }
}
