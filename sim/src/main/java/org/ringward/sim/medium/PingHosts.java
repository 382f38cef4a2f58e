package org.ringward.sim.medium;

import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/** Hosts outside the cluster, and which machines have a way to them. */
public final class PingHosts {
  private static final int HOSTS = 32;

  private final World world;
  private final Chance chance;
  private final boolean[][] cut;

  PingHosts(World world, int machines) {
    this.world = world;
    this.chance = new Chance(machines);
    this.cut = new boolean[machines + 1][HOSTS];
  }

  /** A machine has no way to a host, or has it again. */
  public void cut(int machine, int host, boolean isCut) {
    cut[machine][host] = isCut;
  }

  /** Whether a machine has a way to a host. */
  public boolean reaches(int machine, int host) {
    return !cut[machine][host];
  }

  /** Asks a host; the answer comes while there is a way. */
  public void ask(int machine, int host, Runnable answer) {
    if (cut[machine][host]) {
      return;
    }
    long delay = chance.between(100 * Time.MICROS, 2 * Time.MILLIS);
    world.after(
        delay,
        machine,
        () -> {
          if (!cut[machine][host]) {
            answer.run();
          }
        });
  }
}
