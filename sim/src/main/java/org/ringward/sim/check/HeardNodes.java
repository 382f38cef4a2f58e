package org.ringward.sim.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.sim.machine.Cluster;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.machine.NodeProgram;
import org.ringward.sim.medium.SimulatedRegion;
import org.ringward.sim.world.Observer;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Violation;

/**
 * What heartbeat says of life: while any region between two daemons that run is good, each takes
 * the other for alive, whatever the other regions do; and who was heard and is dead is soon not
 * taken for alive any more, whatever media repeat. A life of a daemon that was not heard before it
 * ended cannot be told from one that goes on by its first heartbeat, however late that comes (seed
 * 921813).
 */
public final class HeardNodes implements Observer {
  private static final long SLACK = Time.SECONDS;

  private final Cluster cluster;
  private final List<Region> settings;
  private final long[] startedAt;
  private final long[] endedAt;

  /** The life of each daemon, 0 before it is known. */
  private final long[] lives;

  /** Of each daemon the lives of others that it has heard while they went on. */
  private final List<Set<Long>> heardBefore = new ArrayList<>();

  private final long longestDead;

  public HeardNodes(Cluster cluster, List<Region> settings) {
    this.cluster = cluster;
    this.settings = List.copyOf(settings);
    int places = cluster.count() + 1;
    this.startedAt = new long[places];
    this.endedAt = new long[places];
    this.lives = new long[places];
    for (int place = 0; place < places; place++) {
      heardBefore.add(new TreeSet<>());
    }
    Arrays.fill(startedAt, Time.NEVER);
    this.longestDead = settings.stream().mapToLong(HeardNodes::dead).max().orElse(0);
  }

  /** With the tenth, at most a keepalive, for the jitter of loops. */
  private static long dead(Region region) {
    long dead = region.times().deadtime() * Time.MILLIS;
    return dead + Math.min(dead / 10, region.times().keepalive() * Time.MILLIS);
  }

  @Override
  public void daemonStarted(int node) {
    startedAt[node] = cluster.world().now();
    heardBefore.get(node).clear();
    lives[node] = 0;
  }

  @Override
  public void daemonEnded(int node, boolean orderly) {
    startedAt[node] = Time.NEVER;
    endedAt[node] = cluster.world().now();
  }

  @Override
  public void turned(int node) {
    if (settings.isEmpty() || !(cluster.machine(node).program() instanceof NodeProgram program)) {
      return;
    }
    if (program.node().isCondemned()) {
      return; // It has been told to be reset, and looks no more (seeds 25455, 26042).
    }
    SortedMap<Integer, Long> heard = program.node().lookout().lives();
    lives[node] = heard.getOrDefault(node, 0L);
    for (int other = 1; other <= cluster.count(); other++) {
      if (other != node) {
        look(node, other, heard.getOrDefault(other, 0L));
      }
    }
  }

  /** The one hears that life of the other, 0 when it hears none. */
  private void look(int node, int other, long life) {
    long now = cluster.world().now();
    if (startedAt[other] != Time.NEVER) {
      if (life != 0 && life == lives[other]) {
        heardBefore.get(node).add(life);
      }
      if (life == 0 && mustHear(node, other, now)) {
        throw new Violation(
            "heard nodes", "n%d does not hear n%d, but a good region does".formatted(node, other));
      }
    } else if (life != 0 && heardBefore.get(node).contains(life)) {
      // What was on its way for longer than the deadtime does not count.
      long since = Math.max(endedAt[other], cluster.machine(node).lastPauseUntil());
      if (now - since > 2 * longestDead + SLACK) {
        throw new Violation(
            "heard nodes",
            "n%d takes n%d for alive, which is dead for %d s"
                .formatted(node, other, (now - endedAt[other]) / Time.SECONDS));
      }
    }
  }

  private boolean mustHear(int node, int other, long now) {
    for (int number = 0; number < settings.size(); number++) {
      Region region = settings.get(number);
      // As long as that a life before, which had a higher number (its disk and its clock are
      // gone), may be in the way: until no region takes it for alive (seed 29431).
      long settling = longestDead + 3L * region.times().keepalive() * Time.MILLIS + SLACK;
      if (goodSince(number, other, node) < now - settling) {
        return true;
      }
    }
    return false;
  }

  /** It waits for its watchdog and does nothing any more. */
  private static boolean isCondemned(Machine machine) {
    return machine.program() instanceof NodeProgram program && program.node().isCondemned();
  }

  /** Since when heartbeats of one daemon must arrive at the other, both as they are now. */
  private long goodSince(int number, int from, int to) {
    SimulatedRegion region = cluster.media().regions().get(number);
    Machine one = cluster.machine(from);
    Machine other = cluster.machine(to);
    if (one.isPaused() || other.isPaused() || isCondemned(one) || isCondemned(other)) {
      return Time.NEVER;
    }
    long running = Math.max(startedAt[from], startedAt[to]);
    long steady = Math.max(one.lastPauseUntil(), other.lastPauseUntil());
    return Math.max(region.goodSince(from, to), Math.max(running, steady));
  }

  /** Whether some region has been good in both directions all the time since then, and before. */
  public boolean connected(int one, int other, long since) {
    for (int number = 0; number < settings.size(); number++) {
      long settled = since - 2 * longestDead - SLACK;
      if (goodSince(number, one, other) < settled && goodSince(number, other, one) < settled) {
        return true;
      }
    }
    return false;
  }
}
