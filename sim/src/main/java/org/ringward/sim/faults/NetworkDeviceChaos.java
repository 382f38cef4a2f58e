package org.ringward.sim.faults;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.QuorumSettings;
import org.ringward.sim.device.DeviceHost;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The quorum device outside of the cluster, if a run has one, and what goes wrong with it, beside
 * all other faults, until everything is mended. It draws from a chance of its own.
 */
public final class NetworkDeviceChaos {
  private final NetworkDeviceSwarm swarm;
  private final List<NetworkDeviceFault> faults;
  private final Chance chance;
  private final Chance forHost;
  private final int machines;
  private @Nullable World world;
  private @Nullable DeviceHost host;
  private boolean has;
  private boolean over;
  private boolean forgot;

  /**
   * For a run with so many machines.
   *
   * @param chance of the seed, for devices outside of the cluster only
   */
  public NetworkDeviceChaos(int machines, Chance chance) {
    this.machines = machines;
    this.swarm = NetworkDeviceSwarm.draw(machines, chance.fork("draw"));
    this.faults = List.copyOf(swarm.faults());
    this.forHost = chance.fork("host");
    this.chance = chance.fork("strikes");
  }

  /** The same cluster with the device in place of other options that exclude one, if it has one. */
  public Setup in(Setup setup) {
    DeviceSettings device = swarm.settings();
    has = device != null && !setup.quorum().device().isPresent();
    if (device == null || !has) {
      return setup;
    }
    return setup.with(
        QuorumSettings.DEFAULT.toBuilder().waitForAll(swarm.waitForAll()).device(device).build());
  }

  /** Puts the device into the world, before that begins. */
  public void prepare(Cluster cluster) {
    DeviceSettings device = swarm.settings();
    if (has && device != null) {
      cluster.networkDevice(device.model(), swarm.tls(), forHost);
      host = cluster.deviceHost();
      world = cluster.world();
    }
  }

  /** From now on faults happen until {@link #stop}. */
  public void begin(Tally tally) {
    if (has && !faults.isEmpty()) {
      strike(tally);
    }
  }

  private void strike(Tally tally) {
    later(
        chance.between(swarm.everyNanos() / 4, swarm.everyNanos() * 7 / 4),
        () -> {
          NetworkDeviceFault fault = chance.oneOf(faults);
          forgot |= fault == NetworkDeviceFault.FILE_DAMAGED;
          DeviceHost victim = host;
          World where = world;
          if (victim != null && where != null) {
            String did = fault.strike(this, victim, chance.between(1, machines), chance);
            tally.count("quorum device fault " + fault);
            if (where.trace().told()) {
              where.tell(0, "* the quorum device " + did);
            }
          }
          strike(tally);
        });
  }

  int machines() {
    return machines;
  }

  /** Something that follows from a fault, unless everything has been mended before. */
  void later(long delay, Runnable what) {
    World where = world;
    if (where != null) {
      where.after(
          delay,
          0,
          () -> {
            if (!over) {
              what.run();
            }
          });
    }
  }

  /**
   * Whether the device votes for nobody for longer than a run takes: it does not know for how long
   * its last vote may be counted.
   */
  public boolean isPatient() {
    return forgot;
  }

  /** Everything works again, and stays so. */
  public void stop() {
    over = true;
    DeviceHost mended = host;
    if (mended != null) {
      mended.mend();
      World where = world;
      if (where != null) {
        where.after(5 * Time.SECONDS, 0, mended::mend);
      }
    }
  }
}
