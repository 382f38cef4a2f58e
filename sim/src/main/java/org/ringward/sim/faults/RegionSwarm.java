package org.ringward.sim.faults;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.ringward.core.config.RegionSettings.Broadcast;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Multicast;
import org.ringward.core.config.RegionSettings.Ping;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.config.RegionSettings.Unicast;
import org.ringward.sim.medium.SimulatedRegion.Quality;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/**
 * What one seed decides about heartbeat regions and ping nodes; half of the seeds have none.
 *
 * @param usual how bad each region is while nothing else strikes
 * @param faults what strikes in this run
 * @param everyNanos the mean time between two strikes
 */
record RegionSwarm(
    List<Region> regions,
    List<Ping> pings,
    List<Quality> usual,
    Set<RegionFault> faults,
    long everyNanos) {
  private static final List<String> KINDS =
      List.of("unicast", "multicast", "broadcast", "serial", "disk", "disk", "serial");
  private static final int REGIONS_MOST = 4;

  static RegionSwarm draw(int machines, Chance chance) {
    List<Region> regions = new ArrayList<>();
    List<Quality> usual = new ArrayList<>();
    List<Ping> pings = new ArrayList<>();
    Set<RegionFault> faults = EnumSet.noneOf(RegionFault.class);
    if (chance.oneIn(2)) {
      int count = chance.between(1, REGIONS_MOST);
      for (int number = 0; number < count; number++) {
        String kind = chance.oneOf(KINDS);
        regions.add(new Region(kind + number, times(chance), medium(kind, number, machines)));
        usual.add(quality(chance));
      }
      for (RegionFault fault : RegionFault.values()) {
        if (chance.oneIn(2)) {
          faults.add(fault);
        }
      }
    }
    if (chance.oneIn(4)) {
      pings.add(new Ping("router", List.of("10.9.0.1"), 1000, 3000, false));
      if (chance.oneIn(2)) {
        pings.add(new Ping("outside", List.of("10.9.0.2", "10.9.0.3"), 500, 2000, true));
      }
    }
    return new RegionSwarm(
        regions,
        pings,
        usual,
        faults,
        chance.oneOf(Time.SECONDS, 2 * Time.SECONDS, 5 * Time.SECONDS));
  }

  private static Times times(Chance chance) {
    int keepalive = chance.oneOf(300, 500, 1000);
    int dead = keepalive * chance.between(3, 6);
    return new Times(keepalive, dead, dead / 2, 2 * dead);
  }

  /** A region of that kind between so many machines. */
  static Medium medium(String kind, int number, int machines) {
    return switch (kind) {
      case "unicast" -> {
        TreeMap<Integer, String> addresses = new TreeMap<>();
        for (int id = 1; id <= machines; id++) {
          addresses.put(id, "10.8." + number + "." + id);
        }
        yield new Unicast(694, addresses);
      }
      case "multicast" -> new Multicast("239.1.1." + (1 + number), 694, "eth" + number, 1);
      case "broadcast" -> new Broadcast(694, "eth" + number, true);
      case "serial" ->
          new Serial(List.of("/dev/ttyS" + 2 * number, "/dev/ttyS" + (2 * number + 1)), 115_200);
      default -> new Disk("/dev/sd" + number, false);
    };
  }

  private static Quality quality(Chance chance) {
    return chance.oneIn(2)
        ? Quality.GOOD
        : new Quality(
            Time.MILLIS,
            chance.between(2 * Time.MILLIS, 300 * Time.MILLIS),
            chance.oneIn(2) ? 0 : chance.between(1000, 100_000),
            chance.oneIn(2) ? 0 : chance.between(1000, 50_000),
            chance.oneIn(2) ? 0 : chance.between(1000, 50_000));
  }
}
