package org.ringward.sim.faults;

import java.util.List;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.medium.Lan;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/** The kinds of things that go wrong; each strikes once and says what it did. */
public enum Fault {
  /** kill -9 of a daemon: agents and services run on, systemd starts it again. */
  DAEMON_KILL {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      Machine victim = any(cluster, chance);
      victim.restartsDaemon(!chance.oneIn(4));
      victim.killDaemon();
      return "daemon of " + victim.name() + " killed";
    }
  },
  /** Power fails; it comes back later. */
  POWER_LOSS {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      Machine victim = any(cluster, chance);
      victim.powerOff();
      chaos.later(chance.between(Time.SECONDS, 15 * Time.SECONDS), victim::powerOn);
      return victim.name() + " loses power";
    }
  },
  /** All power fails at once. */
  BLACKOUT {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      for (Machine machine : cluster.machines()) {
        machine.powerOff();
        chaos.later(chance.between(Time.SECONDS, 8 * Time.SECONDS), machine::powerOn);
      }
      return "all power fails";
    }
  },
  /** A machine comes back without anything on its disk; only when another has it all on its own. */
  DISK_LOSS {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      if (!chaos.isCalm()) {
        return "nothing";
      }
      Machine victim = any(cluster, chance);
      if (!chaos.canSpareDisk(victim)) {
        return "nothing";
      }
      victim.powerOff();
      victim.disk().lose();
      cluster.world().observers().forEach(observer -> observer.diskLost(victim.id()));
      chaos.later(chance.between(Time.SECONDS, 5 * Time.SECONDS), victim::powerOn);
      return victim.name() + " gets a new disk";
    }
  },
  /** A daemon finds a damaged file when it starts again; only when another has it all. */
  DAMAGED_FILE {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      if (!chaos.isCalm()) {
        return "nothing";
      }
      Machine victim = any(cluster, chance);
      if (!chaos.canSpareDisk(victim)) {
        return "nothing";
      }
      victim.killDaemon();
      victim.disk().damage();
      cluster.world().observers().forEach(observer -> observer.diskLost(victim.id()));
      return victim.name() + " has a damaged file";
    }
  },
  /** The daemon gets no turns for a while. */
  PAUSE {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      Machine victim = any(cluster, chance);
      victim.pause(chance.between(50 * Time.MILLIS, 6 * Time.SECONDS));
      return victim.name() + " is paused";
    }
  },
  /** The network falls into two sides. */
  PARTITION {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      cluster.partition(chance.between(1, (1L << cluster.count()) - 2), true, true);
      chaos.later(duration(chance), () -> cluster.lan().mend());
      return "the network is cut in two";
    }
  },
  /** One side is not heard by the other, but hears it. */
  ONE_WAY {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      cluster.partition(chance.between(1, (1L << cluster.count()) - 2), true, false);
      chaos.later(duration(chance), () -> cluster.lan().mend());
      return "the network is cut in one direction";
    }
  },
  /** One direction between two machines fails; everything else works. */
  BAD_CABLE {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      int from = any(cluster, chance).id();
      int to = any(cluster, chance).id();
      cluster.lan().cut(from, to, true);
      chaos.later(duration(chance), () -> cluster.lan().cut(from, to, false));
      return "n" + from + " does not reach n" + to;
    }
  },
  /** Datagrams of one direction are held back and come all at once. */
  CLOG {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      int from = any(cluster, chance).id();
      int to = any(cluster, chance).id();
      long until = cluster.world().now() + chance.between(100 * Time.MILLIS, 4 * Time.SECONDS);
      cluster.lan().clog(from, to, until);
      return "clogged from n" + from + " to n" + to;
    }
  },
  /** The whole network is bad for a while. */
  STORM {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      cluster
          .lan()
          .quality(
              new Lan.Quality(
                  100 * Time.MICROS,
                  chance.between(Time.MILLIS, 80 * Time.MILLIS),
                  chance.between(10_000, 300_000),
                  chance.between(0, 100_000),
                  chance.between(0, 50_000),
                  0));
      chaos.later(duration(chance), chaos::usualNetwork);
      return "the network is bad";
    }
  },
  /** Writes take long. */
  SLOW_DISK {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      Machine victim = any(cluster, chance);
      victim.disk().delay(50 * Time.MILLIS, chance.between(100 * Time.MILLIS, 3 * Time.SECONDS));
      chaos.later(duration(chance), () -> Chaos.goodDisk(victim));
      return "the disk of " + victim.name() + " is slow";
    }
  },
  /** Writes fail. */
  FULL_DISK {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      Machine victim = any(cluster, chance);
      victim.disk().full(true);
      chaos.later(duration(chance), () -> Chaos.goodDisk(victim));
      return "the disk of " + victim.name() + " is full";
    }
  },
  /** Somebody sets a wall clock. */
  CLOCK_JUMP {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      Machine victim = any(cluster, chance);
      long millis = chance.between(-3_600_000L, 3_600_000L);
      victim.clock().jumpWall(millis);
      return "the wall clock of " + victim.name() + " jumps by " + millis + " ms";
    }
  },
  /** A service dies by itself. */
  SERVICE_CRASH {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      Machine victim = any(cluster, chance);
      List<String> services = cluster.truth().on(victim.id());
      if (services.isEmpty()) {
        return "nothing";
      }
      String service = chance.oneOf(services);
      victim.agents().crashService(service);
      return service + " on " + victim.name() + " dies";
    }
  },
  /** A machine is short of processor time. */
  BUSY {
    @Override
    String strike(Chaos chaos, Cluster cluster, Chance chance) {
      Machine victim = any(cluster, chance);
      victim.slowness(chance.between(Time.MILLIS, 60 * Time.MILLIS));
      chaos.later(duration(chance), () -> victim.slowness(Chaos.USUAL_SLOWNESS));
      return victim.name() + " is busy";
    }
  };

  /** Does it, and says what it did. */
  abstract String strike(Chaos chaos, Cluster cluster, Chance chance);

  private static Machine any(Cluster cluster, Chance chance) {
    return cluster.machine(chance.between(1, cluster.count()));
  }

  private static long duration(Chance chance) {
    return chance.oneIn(3)
        ? chance.between(50 * Time.MILLIS, Time.SECONDS)
        : chance.between(Time.SECONDS, 10 * Time.SECONDS);
  }
}
