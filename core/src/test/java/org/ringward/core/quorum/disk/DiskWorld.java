package org.ringward.core.quorum.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.port.Execution;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;
import org.ringward.core.port.Sectors;
import org.ringward.core.quorum.DeviceModel;
import org.ringward.core.quorum.QuorumDeviceWorld;
import org.ringward.core.quorum.witness.Side;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;

/**
 * Nodes of one cluster and a quorum disk on virtual time. Clocks run fast or slow by up to four
 * thousandths; machines stop and go on, crash and start; the disk is slow, hangs, fails, loses what
 * it has, tears blocks, and shows old blocks to one node at a time.
 */
final class DiskWorld implements QuorumDeviceWorld {
  static final String CLUSTER = "alpha";
  static final long MILLI = 1_000_000;
  private static final int BYTES = DiskBlock.BLOCKS * DiskBlock.BYTES;
  private static final int SLOTS_AT = DiskBlock.FURTHER * DiskBlock.BYTES;

  final SplittableRandom random;
  final DeviceSettings.Disk options;
  final TreeMap<Integer, Machine> nodes = new TreeMap<>();
  final byte[] platter = new byte[BYTES];
  long now = 1_000_000_000;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final TreeMap<Integer, Integer> component = new TreeMap<>();
  private long eventCount;
  private boolean works = true;

  /** Until then no other node may be shown old blocks. */
  private long liesUntil;

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  /** A node. */
  final class Machine implements Sectors, Processes {
    final int id;
    final double rate = 1 + (random.nextDouble() - 0.5) * 0.008;
    final long offset = random.nextLong(1L << 50);
    final List<Runnable> waiting = new ArrayList<>();
    final List<Runnable> stuck = new ArrayList<>();
    boolean up;
    boolean paused;
    boolean linked = true;
    boolean hangs;
    boolean tears;

    /** What it is shown instead of the blocks of the others. */
    byte @Nullable [] shown;

    /** What its heuristics end with, by program. */
    final TreeMap<String, Integer> exits = new TreeMap<>();

    final List<Long> killed = new ArrayList<>();
    Side side = Side.NONE;
    long promised;
    long life;
    DiskDevice device;
    final List<String> said = new ArrayList<>();

    Machine(int id) {
      this.id = id;
      this.device = device();
    }

    private DiskDevice device() {
      DiskSettings settings = new DiskSettings(CLUSTER, id, ++life, ids(), 0, options);
      return new DiskDevice(settings, 1, false, this, this, (_, text) -> said.add(text));
    }

    long local() {
      return offset + (long) (now * rate);
    }

    void input(long ofLife, Runnable what) {
      if (!up || life != ofLife) {
        return;
      }
      if (paused) {
        waiting.add(() -> {
          if (life == ofLife && up) {
            what.run();
          }
        });
      } else {
        device.at(local());
        what.run();
      }
    }

    boolean counts() {
      if (!up || paused) {
        return false;
      }
      device.at(local());
      return device.device().castsVote();
    }

    long deadline() {
      long deadline = device.nextDeadline();
      return !up || paused || deadline == Long.MAX_VALUE
          ? Long.MAX_VALUE
          : Math.max(now, (long) ((deadline - offset) / rate) + 2);
    }

    // Sectors

    @Override
    public boolean read(int disk, long request, long position, int length) {
      long asked = life;
      request(() -> {
        String error = error();
        byte[] bytes = Arrays.copyOfRange(platter, (int) position, (int) position + length);
        lie(bytes, (int) position);
        after(
            delay(),
            () ->
                input(
                    asked, () -> device.sectorsRead(request, bytes, bytes.length, error, local())));
      });
      return true;
    }

    /** Its own block is what it wrote; the others' are what they were. */
    private void lie(byte[] bytes, int position) {
      byte[] old = shown;
      int own = SLOTS_AT + id * DiskBlock.BYTES - position;
      if (old != null) {
        for (int at = 0; at < bytes.length; at += DiskBlock.BYTES) {
          if (at != own) {
            System.arraycopy(old, position + at, bytes, at, DiskBlock.BYTES);
          }
        }
      }
      if (tears) {
        int at = random.nextInt(bytes.length / DiskBlock.BYTES) * DiskBlock.BYTES;
        Arrays.fill(bytes, at + 100, at + 300, (byte) random.nextInt());
      }
    }

    @Override
    public boolean write(
        int disk, long request, long position, byte[] bytes, int offset, int length) {
      byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
      long asked = life;
      request(() -> {
        if (life != asked || !up) {
          return; // the power went before
        }
        String error = error();
        // A write that failed is on the disk or is not: nobody knows.
        if (error == null || (works && random.nextBoolean())) {
          System.arraycopy(copy, 0, platter, (int) position, copy.length);
        }
        after(delay(), () -> input(asked, () -> device.sectorsWritten(request, error, local())));
      });
      return true;
    }

    private @Nullable String error() {
      return works && linked ? null : "Input/output error";
    }

    private void request(Runnable what) {
      after(
          delay(),
          () -> {
            if (hangs) {
              stuck.add(what);
            } else {
              what.run();
            }
          });
    }

    void hang(boolean does) {
      hangs = does;
      if (!does) {
        List<Runnable> go = List.copyOf(stuck);
        stuck.clear();
        go.forEach(Runnable::run);
      }
    }

    // Processes

    @Override
    public void start(long processId, Execution execution) {
      String program = execution.command().getLast();
      long asked = life;
      Integer exit = exits.get(program);
      if (exit == null || exit >= 0) {
        int code = exit == null ? 0 : exit;
        after(delay(), () -> input(asked, () -> ended(processId, code)));
      }
    }

    @Override
    public void kill(long processId) {
      killed.add(processId);
      long asked = life;
      after(delay(), () -> input(asked, () -> ended(processId, 137)));
    }

    private void ended(long processId, int code) {
      device.processEnded(processId, new ProcessResult(code, "", "", null));
    }
  }

  static DeviceSettings.Disk options(int interval, int tko) {
    return new DeviceSettings.Disk("/dev/q", false, interval, tko, 2, 2, tko, 0, List.of());
  }

  DiskWorld(long seed, int count, DeviceSettings.Disk options) {
    this.random = new SplittableRandom(seed);
    this.options = options;
    for (int id = 1; id <= count; id++) {
      component.put(id, 0);
    }
    for (int id = 1; id <= count; id++) {
      nodes.put(id, new Machine(id));
    }
    format();
  }

  /** A new disk, or the same made new. */
  void format() {
    Arrays.fill(platter, (byte) 0);
    byte[] header = DiskHeader.block(CLUSTER, random.nextLong() | 1, 0);
    System.arraycopy(header, 0, platter, 0, header.length);
  }

  @Override
  public int timeoutMillis() {
    return options.leaseMillis();
  }

  @Override
  public long settleMillis() {
    return 2 * options.changeMillis() + 4L * options.leaseMillis() + 1000;
  }

  @Override
  public NodeSet ids() {
    return NodeSet.of(component.keySet().stream().mapToInt(id -> id).toArray());
  }

  @Override
  public DeviceModel device(int node) {
    Machine machine = node(node);
    machine.device.at(machine.local());
    return machine.device;
  }

  Machine node(int id) {
    Machine node = nodes.get(id);
    if (node == null) {
      throw new AssertionError("no node " + id);
    }
    return node;
  }

  private long delay() {
    return random.nextInt(20) == 0 ? random.nextLong(60 * MILLI) : random.nextLong(2 * MILLI);
  }

  void after(long delay, Runnable what) {
    events.add(new Event(now + delay, ++eventCount, what));
  }

  // ---- faults ----

  @Override
  public void startAll() {
    ids().stream().forEach(this::start);
  }

  @Override
  public void partition(int... of) {
    int at = 0;
    for (int id : component.keySet().stream().toList()) {
      component.put(id, of[at++]);
    }
    formRings(false);
  }

  /** New rings, which each node notices in its own time. */
  private void formRings(boolean always) {
    TreeMap<Integer, TreeSet<Integer>> groups = new TreeMap<>();
    nodes.values().stream()
        .filter(node -> node.up && !node.paused)
        .forEach(
            node -> groups.computeIfAbsent(component(node.id), _ -> new TreeSet<>()).add(node.id));
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
      long noticed = random.nextLong(timeoutMillis() * MILLI / 2);
      for (int id : group) {
        Machine node = node(id);
        long life = node.life;
        after(noticed + random.nextLong(5 * MILLI), () -> install(node, life, side));
      }
    }
  }

  private static void install(Machine node, long life, Side side) {
    node.input(
        life,
        () -> {
          if (side.sequence() > node.side.sequence()) {
            node.side = side;
            node.device.ring(side.representative(), side.sequence(), side.members(), false);
          }
        });
  }

  private int component(int id) {
    return component.getOrDefault(id, 0);
  }

  @Override
  public void start(int id) {
    Machine node = node(id);
    if (!node.up) {
      node.up = true;
      node.device = node.device();
      node.device.start(node.local());
      // The ring id is durable, the ring is not.
      node.promised += 4;
      node.side = new Side(id, node.promised, NodeSet.of(id));
      node.device.ring(id, node.promised, node.side.members(), false);
      formRings(false);
    }
  }

  @Override
  public void crash(int id) {
    Machine node = node(id);
    node.up = false;
    node.paused = false;
    node.waiting.clear();
    node.stuck.clear();
    formRings(false);
  }

  @Override
  public void leave(int id) {
    Machine node = node(id);
    node.device.leave(node.local());
    // Its last write is on the disk, as the process ends after it.
    run(100);
    crash(id);
  }

  @Override
  public void pause(int id) {
    Machine node = node(id);
    if (node.up && !node.paused) {
      node.paused = true;
      formRings(false);
    }
  }

  @Override
  public void resume(int id) {
    Machine node = node(id);
    if (node.paused) {
      node.paused = false;
      List<Runnable> waiting = List.copyOf(node.waiting);
      node.waiting.clear();
      node.device.at(node.local());
      waiting.forEach(Runnable::run);
      node.device.turn(node.local(), now / MILLI);
      formRings(false);
    }
  }

  @Override
  public void link(int id, boolean up) {
    node(id).linked = up;
  }

  @Override
  public void deviceWorks(boolean does) {
    works = does;
  }

  @Override
  public void ownFault() {
    Machine node = node(1 + random.nextInt(nodes.size()));
    switch (random.nextInt(8)) {
      case 0 -> node.hang(true);
      case 1 -> node.hang(false);
      case 2 -> node.tears = random.nextBoolean();
      case 3 -> format();
      case 4 -> Arrays.fill(platter, (byte) 0);
      case 5 -> {
        int block = SLOTS_AT + node.id * DiskBlock.BYTES;
        Arrays.fill(platter, block, block + DiskBlock.BYTES, (byte) 0);
      }
      case 6 -> showOldBlocks(node);
      default -> nodes.values().forEach(each -> each.shown = null);
    }
  }

  /** One node sees the others' blocks as they are now, for a while. */
  private void showOldBlocks(Machine node) {
    if (now < liesUntil) {
      return;
    }
    long takes = random.nextLong(6L * timeoutMillis() * MILLI);
    // The next victim only when nobody counts any more by what this one was shown.
    liesUntil = now + takes + 3L * timeoutMillis() * MILLI;
    byte[] old = platter.clone();
    node.shown = old;
    after(takes, () -> node.shown = null);
  }

  @Override
  public void heal() {
    works = true;
    format();
    nodes
        .keySet()
        .forEach(id -> {
          Machine node = node(id);
          node.shown = null;
          node.tears = false;
          node.hang(false);
          link(id, true);
          resume(id);
          start(id);
        });
    component.replaceAll((_, _) -> 0);
    formRings(true);
  }

  // ---- time ----

  @Override
  public void run(long millis) {
    long end = now + millis * MILLI;
    while (true) {
      long next = nextTime();
      if (next > end) {
        now = end;
        check();
        return;
      }
      now = Math.max(now, next);
      while (!events.isEmpty() && events.peek().at() <= now) {
        events.remove().what().run();
        check();
      }
      for (Machine node : nodes.values()) {
        if (node.deadline() <= now) {
          node.device.turn(node.local(), now / MILLI);
        }
      }
      check();
    }
  }

  private long nextTime() {
    long next = events.isEmpty() ? Long.MAX_VALUE : events.peek().at();
    for (Machine node : nodes.values()) {
      next = Math.min(next, node.deadline());
    }
    return next;
  }

  @Override
  public NodeSet voters() {
    return NodeSet.of(
        nodes.values().stream().filter(Machine::counts).mapToInt(node -> node.id).toArray());
  }

  private void check() {
    @Nullable Machine first = null;
    for (Machine node : nodes.values()) {
      if (!node.counts()) {
        continue;
      }
      if (first != null && !first.side.equals(node.side)) {
        throw new AssertionError(
            "at %d ms node %d counts the vote for %s and node %d for %s"
                .formatted(now / MILLI, first.id, first.side, node.id, node.side));
      }
      first = node;
    }
  }
}
