package org.ringward.sim.faults;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.QuorumSettings;
import org.ringward.sim.agents.HeuristicPrograms;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.Setup;
import org.ringward.sim.medium.PingHosts;
import org.ringward.sim.medium.QuorumPlatter;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Tally;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The quorum disk of a run, if it has one, and its lies, beside all other faults. It draws from a
 * chance of its own. One lie at a time, and the next when nobody counts any more by what the one
 * before made it believe: two at once may fool both sides, which nothing can see from inside
 * (core.quorum.disk).
 */
public final class QuorumDiskChaos {
  /** The number of the host that heuristics ping. */
  private static final int HOST = 0;

  private final Chance chance;

  /** For heuristics only. */
  private final Chance programs;

  private final DeviceSettings.@Nullable Disk disk;
  private final boolean lies;
  private final long everyNanos;
  private boolean over;

  /**
   * @param chance of the seed, for quorum disks only
   */
  public QuorumDiskChaos(Chance chance) {
    this.chance = chance;
    int tko = chance.between(3, 8);
    int interval = chance.between(100, 500);
    boolean has = chance.oneIn(3);
    this.lies = chance.oneIn(2);
    this.everyNanos = chance.between(Time.SECONDS, 8 * Time.SECONDS);
    this.programs = chance.fork("heuristics");
    List<DeviceSettings.Heuristic> heuristics = heuristics();
    int most = heuristics.stream().mapToInt(DeviceSettings.Heuristic::score).sum();
    int needed = programs.oneIn(2) ? (most + 1) / 2 : programs.between(0, most);
    this.disk =
        has
            ? new DeviceSettings.Disk("/dev/q", false, interval, tko, 2, 2, tko, needed, heuristics)
            : null;
  }

  /** Half of the disks have some: one pings a host, another looks at the machine itself. */
  private List<DeviceSettings.Heuristic> heuristics() {
    List<DeviceSettings.Heuristic> heuristics = new ArrayList<>();
    if (programs.oneIn(2)) {
      heuristics.add(heuristic("ping " + HOST));
      if (programs.oneIn(2)) {
        heuristics.add(heuristic("/usr/local/bin/is-fit"));
      }
    }
    return heuristics;
  }

  private DeviceSettings.Heuristic heuristic(String program) {
    return new DeviceSettings.Heuristic(
        program, programs.between(1, 2), programs.between(300, 2000), programs.between(1, 3));
  }

  /** The same cluster with the disk in place of other options that exclude one, if it has one. */
  public Setup in(Setup setup) {
    DeviceSettings.Disk options = disk;
    if (options == null) {
      return setup;
    }
    int votes = setup.machines() == 2 || chance.oneIn(2) ? 1 : setup.machines() - 1;
    DeviceSettings device =
        new DeviceSettings(
            DeviceSettings.Model.DISK,
            votes,
            options.leaseMillis(),
            30_000,
            votes == setup.machines() - 1 && chance.oneIn(3),
            null,
            options);
    return setup.with(
        QuorumSettings.DEFAULT.toBuilder().waitForAll(chance.oneIn(4)).device(device).build());
  }

  /** The disk's own draws. */
  public Chance forDisk() {
    return chance.fork("platter");
  }

  /** From now on faults happen until {@link #stop}. */
  public void begin(Cluster cluster, Tally tally) {
    if (disk != null) {
      if (lies) {
        strike(cluster, tally);
      }
      if (!disk.heuristics().isEmpty()) {
        tally.count("seed with heuristics");
        strikePrograms(cluster, tally);
      }
    }
  }

  private void strike(Cluster cluster, Tally tally) {
    QuorumPlatter platter = cluster.quorumDisk();
    later(
        cluster.world(),
        chance.between(everyNanos / 4, everyNanos * 7 / 4),
        () -> {
          QuorumDiskFault fault = chance.oneOf(QuorumDiskFault.values());
          int machine = chance.between(1, cluster.count());
          String did = fault.strike(platter, machine, chance);
          tally.count("quorum disk fault " + fault);
          if (cluster.world().trace().told()) {
            cluster.world().tell(0, "* the quorum disk " + did);
          }
          later(
              cluster.world(),
              chance.between(Time.SECONDS / 2, 8 * Time.SECONDS),
              () -> {
                platter.mend();
                later(cluster.world(), 3 * leaseNanos(), () -> strike(cluster, tally));
              });
        });
  }

  /** The heuristics of one machine, or of all, are of no use for a while, or see no host. */
  private void strikePrograms(Cluster cluster, Tally tally) {
    later(
        cluster.world(),
        programs.between(Time.SECONDS / 2, 6 * Time.SECONDS),
        () -> {
          HeuristicPrograms.State state = programs.oneOf(HeuristicPrograms.State.values());
          boolean all = programs.oneIn(5);
          int one = programs.between(1, cluster.count());
          for (Machine machine : cluster.machines()) {
            if (all || machine.id() == one) {
              strikePrograms(cluster, machine, state);
            }
          }
          tally.count("heuristics " + state);
          if (cluster.world().trace().told()) {
            cluster
                .world()
                .tell(0, "* the heuristics of " + (all ? "all" : "n" + one) + ": " + state);
          }
          strikePrograms(cluster, tally);
        });
  }

  /** Where they work the host is lost. */
  private void strikePrograms(Cluster cluster, Machine machine, HeuristicPrograms.State state) {
    PingHosts hosts = cluster.lan().pingHosts();
    boolean works = state == HeuristicPrograms.State.WORK;
    if (works) {
      hosts.cut(machine.id(), HOST, true);
    }
    machine.agents().heuristics().are(state);
    later(
        cluster.world(),
        programs.between(Time.SECONDS / 2, 8 * Time.SECONDS),
        () -> {
          machine.agents().heuristics().are(HeuristicPrograms.State.WORK);
          if (works) {
            hosts.cut(machine.id(), HOST, false);
          }
        });
  }

  private long leaseNanos() {
    return disk == null ? 0 : disk.leaseMillis() * Time.MILLIS;
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

  /** Everything works again, and stays so. */
  public void stop(Cluster cluster) {
    over = true;
    cluster.quorumDisk().mend();
    for (Machine machine : cluster.machines()) {
      machine.agents().heuristics().are(HeuristicPrograms.State.WORK);
      cluster.lan().pingHosts().cut(machine.id(), HOST, false);
    }
  }
}
