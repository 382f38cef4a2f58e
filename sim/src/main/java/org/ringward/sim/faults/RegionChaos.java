package org.ringward.sim.faults;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.config.RegionSettings.Witness;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.medium.SimulatedRegion;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The faults of heartbeat regions and of the ways to ping nodes, beside all others, until they stop
 * and everything is mended. It draws from a chance of its own.
 */
public final class RegionChaos {
  private static final int PING_HOSTS = 3;

  private final RegionSwarm swarm;
  private final Chance chance;
  private final List<RegionFault> faults;
  private boolean over;

  /**
   * For a run with so many machines.
   *
   * @param chance of the seed, for regions only
   */
  public RegionChaos(int machines, Chance chance) {
    this.swarm = RegionSwarm.draw(machines, chance.fork("draw"));
    this.chance = chance.fork("strikes");
    this.faults = List.copyOf(swarm.faults());
  }

  /** The same cluster with what was drawn; a witness, if it has one, may be a region too. */
  public Setup in(Setup setup) {
    DeviceSettings device = setup.quorum().device();
    List<Region> regions = new ArrayList<>(swarm.regions());
    if (device.model() == DeviceSettings.Model.WITNESS && chance.oneIn(2)) {
      // What waits on a connection for as long as the witness bears may still be heard.
      int dead = Math.max(3000, device.timeoutMillis());
      regions.add(new Region("place", new Times(1000, dead, dead / 2, 2 * dead), new Witness()));
    }
    return setup.with(swarm.pings(), regions);
  }

  /** From now on faults happen until {@link #stop}. */
  public void begin(Cluster cluster, Tally tally) {
    List<SimulatedRegion> regions = cluster.media().regions();
    for (int number = 0; number < swarm.usual().size(); number++) {
      regions.get(number).quality(swarm.usual().get(number));
    }
    if (!faults.isEmpty() && !swarm.regions().isEmpty()) {
      strike(cluster, tally);
    }
    if (!swarm.pings().isEmpty()) {
      cutPing(cluster);
    }
  }

  private void strike(Cluster cluster, Tally tally) {
    World world = cluster.world();
    later(
        world,
        chance.between(swarm.everyNanos() / 4, swarm.everyNanos() * 7 / 4),
        () -> {
          int number = (int) chance.below(swarm.regions().size());
          SimulatedRegion region = cluster.media().regions().get(number);
          RegionFault fault = chance.oneOf(faults);
          String did = fault.strike(region, cluster, chance);
          tally.count("region fault " + fault);
          if (world.trace().told()) {
            world.tell(0, "* region " + swarm.regions().get(number).name() + ": " + did);
          }
          later(
              world,
              chance.between(Time.SECONDS / 2, 9 * Time.SECONDS),
              () -> {
                region.mend();
                region.quality(swarm.usual().get(number));
              });
          strike(cluster, tally);
        });
  }

  private void cutPing(Cluster cluster) {
    World world = cluster.world();
    later(
        world,
        chance.between(Time.SECONDS, 8 * Time.SECONDS),
        () -> {
          int machine = chance.between(1, cluster.count());
          int host = (int) chance.below(PING_HOSTS);
          cluster.lan().pingHosts().cut(machine, host, true);
          later(
              world,
              chance.between(Time.SECONDS, 10 * Time.SECONDS),
              () -> cluster.lan().pingHosts().cut(machine, host, false));
          cutPing(cluster);
        });
  }

  private void later(World world, long delay, Runnable what) {
    world.after(
        delay,
        0,
        () -> {
          if (!over) {
            what.run();
          }
        });
  }

  /** Everything is mended, and stays so. */
  public void stop(Cluster cluster) {
    over = true;
    cluster.media().mend();
    for (int machine = 1; machine <= cluster.count(); machine++) {
      for (int host = 0; host < PING_HOSTS; host++) {
        cluster.lan().pingHosts().cut(machine, host, false);
      }
    }
  }
}
