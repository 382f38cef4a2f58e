package org.ringward.sim.power;

import java.util.function.LongSupplier;
import org.ringward.core.port.Watchdog;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * A machine's watchdog: it counts down in world time, goes on when the daemon dies, and resets the
 * machine up to a second late. It ends with the machine's power.
 */
public final class SimulatedWatchdog implements Watchdog {
  private static final long LATEST = 900 * Time.MILLIS;

  private final World world;
  private final Chance chance;
  private final Runnable bite;
  private final LongSupplier monotonic;
  private boolean ticking;
  private boolean open;
  private boolean deaf;
  private long timeout;
  private long fed;

  /**
   * @param bite resets the machine
   * @param monotonic the machine's clock
   */
  public SimulatedWatchdog(World world, Chance chance, Runnable bite, LongSupplier monotonic) {
    this.world = world;
    this.chance = chance;
    this.bite = bite;
    this.monotonic = monotonic;
  }

  /** Bait for the checkers: it never resets the machine. */
  public void neverBites(boolean never) {
    deaf = never;
  }

  /** The machine lost its power, or was reset. */
  public void powerLost() {
    ticking = false;
    open = false;
    fed++;
  }

  /** The daemon died, and the kernel closed its device; it counts on. */
  public void daemonDied() {
    open = false;
  }

  @Override
  public boolean isTicking() {
    return ticking;
  }

  @Override
  public Arming arm(int timeoutSeconds, int pretimeoutSeconds) {
    if (open) {
      return Arming.refused("the watchdog is open already");
    }
    open = true;
    ticking = true;
    timeout = timeoutSeconds * Time.SECONDS;
    ping();
    return new Arming("simulated", timeoutSeconds, pretimeoutSeconds, "");
  }

  @Override
  public void feed(long validUntilNanos) {
    if (open && monotonic.getAsLong() - validUntilNanos <= 0) {
      ping();
    }
  }

  private void ping() {
    long number = ++fed;
    world.after(
        timeout + chance.between(0, LATEST),
        0,
        () -> {
          if (ticking && number == fed && !deaf) {
            bite.run();
          }
        });
  }

  @Override
  public String disarm() {
    ticking = false;
    open = false;
    fed++;
    return "";
  }
}
