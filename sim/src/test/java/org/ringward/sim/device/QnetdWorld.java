package org.ringward.sim.device;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.DeviceSettings.Net.Tls;
import org.ringward.core.quorum.DeviceModel;
import org.ringward.core.quorum.QuorumDeviceWorld;
import org.ringward.core.quorum.qnetd.QnetdDevice;
import org.ringward.core.quorum.qnetd.QnetdSettings;
import org.ringward.core.quorum.witness.Side;
import org.ringward.sim.machine.MachineClock;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.World;

/** Nodes with our end of the talk with corosync-qnetd, and rings that come and go by script. */
final class QnetdWorld implements QuorumDeviceWorld {
  private static final int TIMEOUT_MILLIS = 2000;
  private static final long TICK = 50 * Time.MILLIS;

  private final World world;
  private final Chance chance;
  private final DeviceHost host;
  private final TreeMap<Integer, Node> nodes = new TreeMap<>();
  private final TreeMap<Integer, Integer> part = new TreeMap<>();

  /** A node: one life of its device after the other. */
  private final class Node {
    final int id;
    final MachineClock clock = new MachineClock(chance);
    final List<Runnable> waiting = new ArrayList<>();
    boolean up;
    boolean paused;
    Side side = Side.NONE;

    /** The highest ring that it has agreed to be in. */
    long promised;

    int life;
    QnetdDevice device;

    Node(int id) {
      this.id = id;
      this.device = create();
    }

    long now() {
      return clock.monotonic(world.now());
    }

    private QnetdDevice create() {
      int of = ++life;
      QnetdSettings settings =
          new QnetdSettings(
              "simulated", id, 0, true, Tls.ON, TIMEOUT_MILLIS, TIMEOUT_MILLIS / 2, ids());
      return new QnetdDevice(
          settings, 1, false, host.lines().streams(id, new Ends(of)), (_, _) -> {});
    }

    void input(int ofLife, Runnable what) {
      if (!up || ofLife != life) {
        return;
      }
      if (paused) {
        waiting.add(what);
        return;
      }
      device.at(now());
      what.run();
      turn(ofLife);
    }

    void turn(int ofLife) {
      if (!up || paused || ofLife != life) {
        return;
      }
      device.turn(now(), clock.wallMillis(world.now()));
      check();
      long deadline = device.nextDeadline();
      if (deadline != Long.MAX_VALUE) {
        world.at(clock.worldTime(Math.max(deadline, now() + 1)), id, () -> turn(ofLife));
      }
    }

    void ring(Side changed) {
      side = changed;
      device.ring(side.representative(), side.sequence(), side.members(), false);
      device.quorate(2 * side.members().size() > nodes.size());
    }

    boolean counts() {
      if (!up || paused) {
        return false;
      }
      device.at(now());
      return device.device().castsVote();
    }

    private final class Ends implements DeviceLines.Near {
      private final int of;

      Ends(int of) {
        this.of = of;
      }

      @Override
      public boolean isAlive() {
        return up && life == of;
      }

      @Override
      public void opened(long connection) {
        input(of, () -> device.opened(connection, now()));
      }

      @Override
      public void secured(long connection) {
        input(of, () -> device.secured(connection, now()));
      }

      @Override
      public void received(long connection, byte[] bytes) {
        input(of, () -> device.received(connection, bytes, bytes.length, now()));
      }

      @Override
      public void closed(long connection, String why) {
        input(of, () -> device.closed(connection, why, now()));
      }
    }
  }

  QnetdWorld(long seed, int count) {
    this.world = new World(seed, new Trace(null));
    this.chance = world.fork("nodes");
    int tls = chance.between(0, 2);
    this.host =
        new DeviceHost(
            world, count, world.fork("host"), _ -> true, (self, _) -> new Qnetd(self, tls));
    world.watch(host.lines());
    IntStream.rangeClosed(1, count).forEach(id -> part.put(id, 0));
    IntStream.rangeClosed(1, count).forEach(id -> nodes.put(id, new Node(id)));
    tick();
  }

  private void tick() {
    check();
    world.after(TICK, 0, this::tick);
  }

  private Node node(int id) {
    Node node = nodes.get(id);
    if (node == null) {
      throw new AssertionError("no node " + id);
    }
    return node;
  }

  private void check() {
    @Nullable Node first = null;
    for (Node node : nodes.values()) {
      if (!node.counts()) {
        continue;
      }
      if (first != null && !first.side.equals(node.side)) {
        throw new AssertionError(
            "at %s node %d counts the vote for %s and node %d for %s"
                .formatted(Time.text(world.now()), first.id, first.side, node.id, node.side));
      }
      first = node;
    }
  }

  @Override
  public int timeoutMillis() {
    return TIMEOUT_MILLIS;
  }

  @Override
  public long settleMillis() {
    return 6L * TIMEOUT_MILLIS + 11_000;
  }

  @Override
  public NodeSet ids() {
    return NodeSet.of(part.keySet().stream().mapToInt(id -> id).toArray());
  }

  @Override
  public NodeSet voters() {
    return NodeSet.of(
        nodes.values().stream().filter(Node::counts).mapToInt(node -> node.id).toArray());
  }

  @Override
  public DeviceModel device(int node) {
    Node found = node(node);
    found.device.at(found.now());
    return found.device;
  }

  @Override
  public void startAll() {
    host.powerOn();
    nodes.keySet().forEach(this::start);
  }

  @Override
  public void partition(int... of) {
    int at = 0;
    for (int id : List.copyOf(part.keySet())) {
      part.put(id, of[at++]);
    }
    formRings(false);
  }

  /** New rings, which each node notices in its own time; their numbers are as totem's. */
  private void formRings(boolean always) {
    TreeMap<Integer, TreeSet<Integer>> groups = new TreeMap<>();
    nodes.values().stream()
        .filter(node -> node.up && !node.paused)
        .forEach(
            node -> groups.computeIfAbsent(partOf(node.id), _ -> new TreeSet<>()).add(node.id));
    for (TreeSet<Integer> group : groups.values()) {
      NodeSet members = NodeSet.of(group.stream().mapToInt(id -> id).toArray());
      boolean same = group.stream().allMatch(id -> node(id).side.members().equals(members));
      boolean oneRing = group.stream().map(id -> node(id).side).distinct().count() == 1;
      if (same && oneRing && !always) {
        continue;
      }
      long highest = group.stream().mapToLong(id -> node(id).promised).max().orElse(0);
      group.forEach(id -> node(id).promised = highest + 4);
      Side side = new Side(members.lowest(), highest + 4, members);
      long noticed = chance.between(0, 2L * TIMEOUT_MILLIS * Time.MILLIS);
      for (int id : group) {
        Node node = node(id);
        int life = node.life;
        world.after(
            noticed + chance.between(0, 5 * Time.MILLIS),
            id,
            () ->
                node.input(
                    life,
                    () -> {
                      if (side.sequence() > node.side.sequence()) {
                        node.ring(side);
                      }
                    }));
      }
    }
  }

  private int partOf(int id) {
    Integer found = part.get(id);
    return found == null ? 0 : found;
  }

  @Override
  public void start(int id) {
    Node node = node(id);
    if (!node.up) {
      node.up = true;
      node.device = node.create();
      node.promised += 4;
      int life = node.life;
      node.input(
          life,
          () -> {
            node.device.start(node.now());
            node.ring(new Side(id, node.promised, NodeSet.of(id)));
          });
      formRings(false);
    }
  }

  @Override
  public void crash(int id) {
    Node node = node(id);
    node.up = false;
    node.paused = false;
    node.waiting.clear();
    host.lines().daemonEnded(id, false);
    formRings(false);
  }

  @Override
  public void leave(int id) {
    Node node = node(id);
    node.device.leave(node.now());
    crash(id);
  }

  @Override
  public void pause(int id) {
    Node node = node(id);
    if (node.up && !node.paused) {
      node.paused = true;
      formRings(false);
    }
  }

  @Override
  public void resume(int id) {
    Node node = node(id);
    if (node.paused) {
      node.paused = false;
      List<Runnable> inputs = List.copyOf(node.waiting);
      node.waiting.clear();
      inputs.forEach(each -> node.input(node.life, each));
      node.turn(node.life);
      formRings(false);
    }
  }

  @Override
  public void link(int node, boolean up) {
    host.lines().mute(node, !up);
    host.lines().deaf(node, !up);
  }

  @Override
  public void deviceWorks(boolean works) {
    if (works) {
      host.powerOn();
      host.start();
    } else {
      host.kill();
    }
  }

  @Override
  public void ownFault() {
    int node = chance.between(1, nodes.size());
    switch (chance.between(0, 6)) {
      case 0 -> host.powerOff();
      case 1 -> host.pause(chance.between(0, 6 * Time.SECONDS));
      case 2 -> host.slowness(chance.between(Time.MILLIS, 300 * Time.MILLIS));
      case 3 -> host.lines().reset(node);
      case 4 -> host.lines().deaf(node, true);
      case 5 -> host.lines().mute(node, true);
      default -> host.lines().delay(node, chance.between(Time.MILLIS, 2 * Time.SECONDS));
    }
  }

  @Override
  public void heal() {
    host.mend();
    nodes
        .keySet()
        .forEach(id -> {
          resume(id);
          start(id);
        });
    part.replaceAll((_, _) -> 0);
    formRings(true);
  }

  @Override
  public void run(long millis) {
    world.runUntil(world.now() + millis * Time.MILLIS);
  }
}
