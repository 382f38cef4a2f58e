package org.ringward.core.quorum.witness;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.port.Streams;
import org.ringward.core.wire.WitnessMessage.Enrol;

/**
 * Nodes of one cluster and a witness on virtual time. Clocks run fast or slow by up to four
 * thousandths, connections delay what they carry for as long as their link is cut and then deliver
 * it, machines stop and go on, crash and start; the witness loses what it has not made durable.
 *
 * <p>After each step: the nodes that count the vote are all in one ring.
 */
final class WitnessWorld {
  static final String CLUSTER = "alpha";
  static final long MILLI = 1_000_000;

  final SplittableRandom random;
  final TreeMap<Integer, Machine> nodes = new TreeMap<>();
  final WitnessRules rules;
  final int timeoutMillis;
  long now = 1_000_000_000;
  long steps;

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final TreeMap<Integer, Integer> component = new TreeMap<>();
  private long eventCount;
  private long lastSession;

  // the witness
  private @Nullable WitnessServer witness;
  private final double witnessRate;
  private long witnessLife;
  private byte @Nullable [] durable;
  private byte @Nullable [] writing;
  boolean diskFails;

  /** The witness often loses power while it writes. */
  boolean shaky;

  private record Event(long at, long order, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  /** A connection; bytes wait in it while the link is cut. */
  private final class Pipe {
    final Machine node;
    final long number;
    final long session = ++lastSession;
    final long life = witnessLife;
    final Deque<byte[]> toWitness = new ArrayDeque<>();
    final Deque<byte[]> toNode = new ArrayDeque<>();
    boolean nodeOpen = true;
    boolean witnessOpen;
    boolean nodeLeft;
    boolean witnessLeft;

    Pipe(Machine node, long number) {
      this.node = node;
      this.number = number;
    }

    void toWitness(byte[] bytes) {
      toWitness.add(bytes);
      after(delay(), this::carry);
    }

    void toNode(byte[] bytes) {
      toNode.add(bytes);
      after(delay(), this::carry);
    }

    void carry() {
      if (!node.linked) {
        return;
      }
      if (life != witnessLife || witness == null) {
        witnessOpen = false;
        witnessLeft = true;
      }
      while (!toWitness.isEmpty()) {
        byte[] bytes = toWitness.remove();
        if (witnessOpen) {
          theWitness().received(session, bytes, 0, bytes.length, witnessNow());
        }
      }
      if (nodeLeft && witnessOpen) {
        witnessOpen = false;
        theWitness().disconnected(session, witnessNow());
      }
      while (!toNode.isEmpty()) {
        byte[] bytes = toNode.remove();
        node.input(() -> node.client.received(number, bytes, 0, bytes.length, node.local()));
      }
      if (witnessLeft && nodeOpen) {
        nodeOpen = false;
        node.input(() -> node.client.closed(number, "closed by the witness", node.local()));
      }
    }
  }

  /** A node. */
  final class Machine implements Streams, WitnessListener {
    final int id;
    final double rate = 1 + (random.nextDouble() - 0.5) * 0.008;
    final long offset = random.nextLong(1L << 50);
    final TreeMap<Long, Pipe> pipes = new TreeMap<>();
    final List<Runnable> waiting = new ArrayList<>();
    boolean up;
    boolean paused;
    boolean linked = true;
    Side side = Side.NONE;

    /** The highest ring that it has agreed to be in. */
    long promised;

    long life;
    WitnessDevice device;
    WitnessClient client;

    Machine(int id) {
      this.id = id;
      this.device = device();
      this.client = device.client();
    }

    private WitnessDevice device() {
      WitnessSettings settings =
          new WitnessSettings(
              CLUSTER, id, ++life, rules, timeoutMillis, timeoutMillis / 2, 0, ids());
      return new WitnessDevice(settings, 1, false, this, this);
    }

    void ring() {
      device.at(local());
      device.ring(side.representative(), side.sequence(), side.members(), false);
    }

    long local() {
      return offset + (long) (now * rate);
    }

    long wall() {
      return now / MILLI;
    }

    void input(Runnable what) {
      if (!up) {
        return;
      }
      if (paused) {
        waiting.add(what);
      } else {
        what.run();
      }
    }

    boolean counts() {
      return up && !paused && client.castsVote(local());
    }

    long deadline() {
      long deadline = client.nextDeadline();
      return !up || paused || deadline == Long.MAX_VALUE
          ? Long.MAX_VALUE
          : Math.max(now, (long) ((deadline - offset) / rate) + 2);
    }

    // Streams

    @Override
    public void open(long connection) {
      Pipe pipe = new Pipe(this, connection);
      pipes.put(connection, pipe);
      after(
          delay(),
          () -> {
            if (linked && witness != null) {
              input(() -> client.opened(connection));
            } else if (linked) {
              pipe.nodeOpen = false;
              input(() -> client.closed(connection, "connection refused", local()));
            }
          });
    }

    @Override
    public void startTls(long connection) {
      Pipe pipe = pipe(connection);
      after(
          delay(),
          () -> {
            if (!linked || witness == null || pipe.life != witnessLife || !pipe.nodeOpen) {
              return;
            }
            pipe.witnessOpen = true;
            theWitness()
                .connected(
                    pipe.session,
                    new WitnessServer.Identity(CLUSTER, id),
                    "10.0.0." + id,
                    witnessNow());
            input(() -> client.secured(connection));
          });
    }

    private Pipe pipe(long connection) {
      Pipe pipe = pipes.get(connection);
      if (pipe == null) {
        throw new AssertionError("connection " + connection + " was never opened");
      }
      return pipe;
    }

    @Override
    public void send(long connection, byte[] bytes) {
      Pipe pipe = pipe(connection);
      if (pipe.nodeOpen) {
        pipe.toWitness(bytes);
      }
    }

    @Override
    public void close(long connection) {
      Pipe pipe = pipe(connection);
      pipe.nodeOpen = false;
      pipe.nodeLeft = true;
      after(delay(), pipe::carry);
    }

    @Override
    public void log(Level level, String text) {}
  }

  WitnessWorld(long seed, int count, WitnessRules rules, int timeoutMillis) {
    this.random = new SplittableRandom(seed);
    this.rules = rules;
    this.timeoutMillis = timeoutMillis;
    this.witnessRate = 1 + (random.nextDouble() - 0.5) * 0.008;
    for (int id = 1; id <= count; id++) {
      component.put(id, 0);
    }
    for (int id = 1; id <= count; id++) {
      nodes.put(id, new Machine(id));
    }
  }

  NodeSet ids() {
    return NodeSet.of(component.keySet().stream().mapToInt(id -> id).toArray());
  }

  Machine node(int id) {
    Machine node = nodes.get(id);
    if (node == null) {
      throw new AssertionError("no node " + id);
    }
    return node;
  }

  private long delay() {
    return random.nextInt(20) == 0 ? random.nextLong(200 * MILLI) : random.nextLong(2 * MILLI);
  }

  void after(long delay, Runnable what) {
    events.add(new Event(now + delay, ++eventCount, what));
  }

  // ---- the witness ----

  private WitnessServer theWitness() {
    if (witness == null) {
      throw new AssertionError("the witness is down");
    }
    return witness;
  }

  private long witnessNow() {
    return -5_000_000_000L + (long) (now * witnessRate) + witnessLife;
  }

  void startWitness() {
    if (witness == null) {
      witnessLife++;
      witness = new WitnessServer("test", 1000, new Outlet(witnessLife));
      witness.serve(CLUSTER, durable, witnessNow());
    }
  }

  /** Power off; a write that is under way may be on the disk or not. */
  void stopWitness() {
    witness = null;
    if (writing != null && random.nextBoolean()) {
      durable = writing;
    }
    writing = null;
    nodes
        .values()
        .forEach(node -> node.pipes.values().forEach(pipe -> after(delay(), pipe::carry)));
  }

  boolean witnessIsUp() {
    return witness != null;
  }

  WitnessReport witnessReport() {
    return theWitness().report(witnessNow());
  }

  private final class Outlet implements WitnessOutlet {
    private final long life;

    Outlet(long life) {
      this.life = life;
    }

    private @Nullable Pipe pipe(long session) {
      for (Machine node : nodes.values()) {
        for (Pipe pipe : node.pipes.values()) {
          if (pipe.session == session) {
            return pipe;
          }
        }
      }
      return null;
    }

    @Override
    public void send(long session, byte[] bytes) {
      Pipe pipe = pipe(session);
      if (pipe != null && pipe.witnessOpen) {
        pipe.toNode(bytes);
      }
    }

    @Override
    public void close(long session) {
      Pipe pipe = pipe(session);
      if (pipe != null) {
        pipe.witnessOpen = false;
        pipe.witnessLeft = true;
        after(delay(), pipe::carry);
      }
    }

    @Override
    public void keep(String cluster, byte[] content) {
      if (writing != null) {
        throw new AssertionError("two writes at once");
      }
      writing = content;
      boolean fails = diskFails && random.nextInt(4) > 0;
      if (shaky && random.nextInt(3) == 0) {
        after(
            random.nextLong(60 * MILLI),
            () -> {
              stopWitness();
              startWitness();
            });
      }
      after(
          random.nextLong(30 * MILLI),
          () -> {
            if (life != witnessLife || witness == null) {
              return;
            }
            // A failed write has replaced the file or has not: nobody knows.
            if (!fails || random.nextBoolean()) {
              durable = content;
            }
            writing = null;
            theWitness().stored(cluster, fails ? "no space left on device" : null, witnessNow());
          });
    }

    @Override
    public void enrol(long session, Enrol request) {
      throw new AssertionError("nobody enrols here");
    }

    @Override
    public void log(Level level, String text) {}
  }

  // ---- faults ----

  /** Nodes see each other as these numbers say, one for each node in order; rings follow. */
  void partition(int... of) {
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
        .forEach(node ->
            groups.computeIfAbsent(component(node.id), each -> new TreeSet<>()).add(node.id));
    for (TreeSet<Integer> group : groups.values()) {
      NodeSet members = NodeSet.of(group.stream().mapToInt(id -> id).toArray());
      boolean same = group.stream().allMatch(id -> node(id).side.members().equals(members));
      boolean oneRing = group.stream().map(id -> node(id).side).distinct().count() == 1;
      if (same && oneRing && !always) {
        continue;
      }
      // As totem: greater than what any of its nodes has seen; others may choose the same.
      long highest = group.stream().mapToLong(id -> node(id).promised).max().orElse(0);
      group.forEach(id -> node(id).promised = highest + 4);
      Side side = new Side(members.lowest(), highest + 4, members);
      long noticed = random.nextLong(2L * timeoutMillis * MILLI);
      for (int id : group) {
        Machine node = node(id);
        long life = node.life;
        after(noticed + random.nextLong(5 * MILLI), () -> install(node, life, side));
      }
    }
  }

  private static void install(Machine node, long life, Side side) {
    node.input(() -> {
      if (node.life == life && side.sequence() > node.side.sequence()) {
        node.side = side;
        node.ring();
      }
    });
  }

  private int component(int id) {
    Integer found = component.get(id);
    return found == null ? 0 : found;
  }

  void start(int id) {
    Machine node = node(id);
    if (!node.up) {
      node.up = true;
      node.device = node.device();
      node.client = node.device.client();
      node.device.start(node.local());
      // The ring id is durable, the ring is not.
      node.promised += 4;
      node.side = new Side(id, node.promised, NodeSet.of(id));
      node.ring();
      formRings(false);
    }
  }

  void startAll() {
    startWitness();
    ids().stream().forEach(this::start);
  }

  void crash(int id) {
    Machine node = node(id);
    node.up = false;
    node.paused = false;
    node.waiting.clear();
    node.pipes
        .values()
        .forEach(pipe -> {
          pipe.nodeOpen = false;
          pipe.nodeLeft = true;
          after(delay(), pipe::carry);
        });
    formRings(false);
  }

  /** What votequorum is told. */
  WitnessDevice device(int id) {
    Machine node = node(id);
    node.device.at(node.local());
    return node.device;
  }

  /** The node ends orderly; what it says last may still be on its way. */
  void leave(int id) {
    Machine node = node(id);
    node.device.leave(node.local());
    crash(id);
  }

  void pause(int id) {
    Machine node = node(id);
    if (node.up && !node.paused) {
      node.paused = true;
      formRings(false);
    }
  }

  void resume(int id) {
    Machine node = node(id);
    if (node.paused) {
      node.paused = false;
      List<Runnable> waiting = List.copyOf(node.waiting);
      node.waiting.clear();
      waiting.forEach(Runnable::run);
      node.client.turn(node.local(), node.wall());
      formRings(false);
    }
  }

  void link(int id, boolean up) {
    Machine node = node(id);
    node.linked = up;
    if (up) {
      node.pipes.values().forEach(pipe -> after(delay(), pipe::carry));
    }
  }

  /** All faults end. */
  void heal() {
    startWitness();
    diskFails = false;
    shaky = false;
    nodes
        .keySet()
        .forEach(id -> {
          resume(id);
          start(id);
          link(id, true);
        });
    component.replaceAll((_, _) -> 0);
    formRings(true);
  }

  // ---- time ----

  void run(long millis) {
    long end = now + millis * MILLI;
    while (true) {
      long next = nextTime();
      if (next > end) {
        now = end;
        return;
      }
      now = Math.max(now, next);
      steps++;
      while (!events.isEmpty() && events.peek().at() <= now) {
        events.remove().what().run();
        check();
      }
      for (Machine node : nodes.values()) {
        if (node.deadline() <= now) {
          node.client.turn(node.local(), node.wall());
        }
      }
      if (witness != null && witness.nextDeadline() <= witnessNow()) {
        witness.turn(witnessNow());
      }
      check();
    }
  }

  private long nextTime() {
    long next = events.isEmpty() ? Long.MAX_VALUE : events.peek().at();
    for (Machine node : nodes.values()) {
      next = Math.min(next, node.deadline());
    }
    if (witness != null && witness.nextDeadline() != Long.MAX_VALUE) {
      long wait = (long) ((witness.nextDeadline() - witnessNow()) / witnessRate) + 2;
      next = Math.min(next, now + Math.max(0, wait));
    }
    return next;
  }

  /** The nodes that count the vote now. */
  NodeSet voters() {
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
