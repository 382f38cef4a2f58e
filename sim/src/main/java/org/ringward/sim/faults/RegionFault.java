package org.ringward.sim.faults;

import org.ringward.sim.machine.Cluster;
import org.ringward.sim.medium.SharedDisk;
import org.ringward.sim.medium.SimulatedRegion;
import org.ringward.sim.medium.SimulatedRegion.Quality;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/** What goes wrong with a heartbeat region; each strikes once and says what it did. */
enum RegionFault {
  /** A machine has nothing of it: a card, a cable, a path to a disk that hangs. */
  CARD {
    @Override
    String strike(SimulatedRegion region, Cluster cluster, Chance chance) {
      int machine = any(cluster, chance);
      region.dead(machine, true);
      return "n" + machine + " has nothing of it";
    }
  },
  /** Nobody hears anybody. */
  SILENCE {
    @Override
    String strike(SimulatedRegion region, Cluster cluster, Chance chance) {
      for (int machine = 1; machine <= cluster.count(); machine++) {
        region.dead(machine, true);
      }
      return "silent";
    }
  },
  /** One machine does not hear another that hears it. */
  ONE_SIDED {
    @Override
    String strike(SimulatedRegion region, Cluster cluster, Chance chance) {
      int from = any(cluster, chance);
      int to = any(cluster, chance);
      region.cut(from, to, true);
      return "n" + to + " does not hear n" + from;
    }
  },
  /** Everything comes late. */
  SLOW {
    @Override
    String strike(SimulatedRegion region, Cluster cluster, Chance chance) {
      long low = chance.between(0, Time.SECONDS);
      region.quality(new Quality(low, low + chance.between(0, 3 * Time.SECONDS), 0, 0, 0));
      return "slow";
    }
  },
  /** Old frames come again, old blocks are given back. */
  STALE {
    @Override
    String strike(SimulatedRegion region, Cluster cluster, Chance chance) {
      long repeats = chance.between(50_000, 900_000);
      region.quality(new Quality(Time.MILLIS, 30 * Time.MILLIS, 0, 0, repeats));
      return "stale";
    }
  },
  /** Flipped bits, noise, blocks of which only a part was written. */
  TORN {
    @Override
    String strike(SimulatedRegion region, Cluster cluster, Chance chance) {
      long damages = chance.between(50_000, 700_000);
      region.quality(new Quality(Time.MILLIS, 30 * Time.MILLIS, 0, damages, 0));
      return "noisy or torn";
    }
  },
  /** All of that, and losses, errors. */
  STORM {
    @Override
    String strike(SimulatedRegion region, Cluster cluster, Chance chance) {
      region.quality(
          new Quality(
              Time.MILLIS,
              chance.between(10 * Time.MILLIS, 2 * Time.SECONDS),
              chance.between(50_000, 600_000),
              chance.between(0, 300_000),
              chance.between(0, 300_000)));
      return "bad";
    }
  },
  /** A disk of zeros; a network that everybody is cut off from. */
  ZEROS {
    @Override
    String strike(SimulatedRegion region, Cluster cluster, Chance chance) {
      if (region instanceof SharedDisk disk) {
        disk.zeros();
        return "zeros";
      }
      return SILENCE.strike(region, cluster, chance);
    }
  };

  abstract String strike(SimulatedRegion region, Cluster cluster, Chance chance);

  private static int any(Cluster cluster, Chance chance) {
    return chance.between(1, cluster.count());
  }
}
