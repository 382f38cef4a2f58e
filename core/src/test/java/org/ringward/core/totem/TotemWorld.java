package org.ringward.core.totem;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.link.FrameLink;
import org.ringward.core.port.RingIds;
import org.ringward.core.wire.FrameKind;

/**
 * Bare rings and a network in virtual time. A node handles one frame after the other, which costs
 * time; what waits meanwhile lies in its socket, which holds so many bytes and no more.
 */
final class TotemWorld {
  static final long MICRO = 1_000;
  static final long MILLI = 1_000_000;
  private static final int PACKET = 1460;

  final SplittableRandom random;
  final NodeSet nodes;
  final TotemSettings settings;
  final TreeMap<Integer, Node> running = new TreeMap<>();
  final TreeMap<Integer, Long> ringIds = new TreeMap<>();

  /** Pairs "from>to" that hear nothing. */
  final TreeSet<String> cut = new TreeSet<>();

  long now = 1_000_000_000L;

  /** Part of the packets that is lost. */
  double loss;

  long delayMin = 20 * MICRO;
  long delayMax = 60 * MICRO;
  int frameMax = 1500;
  long frameNanos = 5 * MICRO;
  long nanosPerKilobyte;

  /** How many copies of a frame are sent in the time one is received. */
  int sendsPerReceive = 2;

  int socketBytes = Integer.MAX_VALUE;
  long socketDrops;

  /** Whether the system of a node whose ring was killed says so. */
  boolean refuses;

  /** The sequence number before the first of each ring. */
  int firstSeq;

  /** Frames of this kind from that node are lost, as many as it says. */
  FrameKind lostKind = FrameKind.HOLD_CANCEL;

  int lostFrom;
  int lostLeft;

  /** Whether frames from one node to another keep their order. */
  boolean inOrder = true;

  private final TreeMap<String, Long> lastArrival = new TreeMap<>();
  private long events;
  private final PriorityQueue<Event> flying =
      new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::number));

  /** A frame on its way, or with no bytes the news that nobody listens at {@code from}. */
  record Event(long time, long number, int from, int to, byte[] frame) {}

  /** A frame that a node sent. */
  record Sent(long time, int from, int to, byte[] frame) {
    FrameKind kind() {
      FrameKind kind = FrameKind.of(frame, 0, frame.length);
      if (kind == null) {
        throw new AssertionError("a frame of no kind was sent");
      }
      return kind;
    }
  }

  /** Whether frames that are sent are written down in {@link #sent}. */
  boolean records;

  final List<Sent> sent = new ArrayList<>();

  /** A configuration that was handed up. */
  record Configuration(boolean regular, long sequence, NodeSet members, NodeSet other, long time) {}

  /** A ring from its start to its end. */
  final class Node implements FrameLink, RingIds, RingUpcalls, PayloadSource {
    final int id;
    final TotemRing ring;
    final List<Configuration> configurations = new ArrayList<>();
    final List<String> packets = new ArrayList<>();
    final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    final ArrayDeque<Event> socket = new ArrayDeque<>();
    final ArrayDeque<byte[]> own = new ArrayDeque<>();
    long socketUsed;
    long busyUntil;
    long bytesDelivered;

    /** Sends packets of that length without end; 0 for not. */
    int floods;

    int flooded;
    boolean keepsPackets = true;

    Node(int id) {
      this.id = id;
      this.ring = new TotemRing(id, nodes, settings, frameMax, this, this, this, this, this);
      this.ring.startSequencesAt(firstSeq);
    }

    @Override
    public void send(int toNode, byte[] frame, int length) {
      if (toNode == id) {
        sendToSelf(frame, length);
      } else {
        transmit(this, toNode, frame, length);
      }
    }

    @Override
    public void broadcast(byte[] frame, int length) {
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i) != id) {
          transmit(this, nodes.get(i), frame, length);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public int wholeFrameMax() {
      return Math.min(frameMax, PACKET);
    }

    @Override
    public void sendToSelf(byte[] frame, int length) {
      own.add(Arrays.copyOf(frame, length));
    }

    @Override
    public long load() {
      return ringIds.getOrDefault(id, 0L);
    }

    @Override
    public void store(long ringSequence) {
      ringIds.put(id, ringSequence);
    }

    @Override
    public void transitionalConfiguration(
        int representative, long sequence, NodeSet members, NodeSet left) {
      configurations.add(new Configuration(false, sequence, members, left, now));
    }

    @Override
    public void regularConfiguration(
        int representative, long sequence, NodeSet members, NodeSet joined) {
      configurations.add(new Configuration(true, sequence, members, joined, now));
      ring.synchronised();
    }

    @Override
    public void packet(int author, byte[] bytes, int offset, int length, boolean bigEndian) {
      bytesDelivered += length;
      if (keepsPackets) {
        packets.add(new String(bytes, offset, Math.min(16, length)).trim());
      }
    }

    @Override
    public boolean isEmpty() {
      return waiting.isEmpty() && floods == 0;
    }

    @Override
    public int backlog() {
      return floods > 0 ? 100 : waiting.size();
    }

    @Override
    public int fill(byte[] frame, int offset, int capacity) {
      if (floods > 0) {
        int length = Math.min(floods, capacity);
        byte[] text = (id + "#" + flooded++ + " ").getBytes();
        Arrays.fill(frame, offset, offset + length, (byte) ' ');
        System.arraycopy(text, 0, frame, offset, Math.min(length, text.length));
        return length;
      }
      byte[] next = waiting.poll();
      if (next == null) {
        return 0;
      }
      System.arraycopy(next, 0, frame, offset, next.length);
      return next.length;
    }

    void say(String text) {
      waiting.add(text.getBytes());
      ring.wake();
      turn();
    }

    /** Runs what is due and what this node sent itself. */
    void turn() {
      for (int i = 0; i < 1000; i++) {
        if (ring.expireOne(now)) {
          continue;
        }
        byte[] frame = own.poll();
        if (frame == null) {
          return;
        }
        ring.receivedFromSelf(frame, frame.length, now);
      }
    }

    long deadline() {
      long next = ring.nextDeadline();
      if (!socket.isEmpty() || !own.isEmpty()) {
        next = now;
      }
      return Math.max(Math.max(next, busyUntil), now);
    }

    /** Handles the frame that came first, or what is due. */
    void step() {
      Event event = socket.poll();
      if (event != null) {
        socketUsed -= event.frame().length;
        busyUntil = now + cost(event.frame().length);
        if (event.frame().length == 0) {
          ring.refused(event.from(), now);
        } else {
          ring.received(event.frame(), 0, event.frame().length, now);
        }
      }
      turn();
    }

    NodeSet members() {
      return ring.members();
    }

    long counter(String name) {
      TreeMap<String, Long> report = new TreeMap<>();
      ring.report(report);
      return report.getOrDefault(name, 0L);
    }

    Configuration last() {
      return configurations.getLast();
    }
  }

  TotemWorld(long seed, int count, TotemSettings settings) {
    this.random = new SplittableRandom(seed);
    this.nodes = NodeSet.of(IntStream.rangeClosed(1, count).toArray());
    this.settings = settings;
  }

  /** Nodes that have become one ring. */
  static TotemWorld formed(long seed, int count, TotemSettings settings) {
    TotemWorld world = new TotemWorld(seed, count, settings);
    world.startAll();
    return world;
  }

  void startAll() {
    nodes.stream().forEach(this::start);
    settle(5_000);
  }

  Node start(int id) {
    Node node = new Node(id);
    running.put(id, node);
    node.ring.start(now);
    node.turn();
    return node;
  }

  Node node(int id) {
    Node node = running.get(id);
    if (node == null) {
      throw new AssertionError("node " + id + " does not run");
    }
    return node;
  }

  /** The process is gone; the machine is not, where {@link #refuses} says so. */
  void kill(int id) {
    running.remove(id);
  }

  /** The node stands still. */
  void pause(int id, long millis) {
    node(id).busyUntil = now + millis * MILLI;
  }

  void cutOff(int id) {
    for (int i = 0; i < nodes.size(); i++) {
      cut.add(id + ">" + nodes.get(i));
      cut.add(nodes.get(i) + ">" + id);
    }
  }

  private long cost(int bytes) {
    return frameNanos + bytes * nanosPerKilobyte / 1024;
  }

  private void transmit(Node from, int to, byte[] frame, int length) {
    if (records) {
      sent.add(new Sent(now, from.id, to, Arrays.copyOf(frame, length)));
    }
    from.busyUntil = Math.max(now, from.busyUntil) + cost(length) / sendsPerReceive;
    if (cut.contains(from.id + ">" + to) || isLost(length)) {
      return;
    }
    if (lostLeft > 0 && from.id == lostFrom && FrameKind.of(frame, 0, length) == lostKind) {
      lostLeft--;
      return;
    }
    fly(from.id, to, Arrays.copyOf(frame, length), from.busyUntil);
  }

  /** A frame is lost with any of its packets. */
  private boolean isLost(int length) {
    if (loss == 0) {
      return false;
    }
    double arrives = Math.pow(1 - loss, 1 + length / PACKET);
    return random.nextDouble() >= arrives;
  }

  private void fly(int from, int to, byte[] frame, long begin) {
    long time = begin + delayMin + random.nextLong(delayMax - delayMin + 1);
    if (inOrder) {
      time = Math.max(time, lastArrival.getOrDefault(from + ">" + to, 0L) + 1);
      lastArrival.put(from + ">" + to, time);
    }
    flying.add(new Event(time, events++, from, to, frame));
  }

  /** Someone puts a frame onto the network. */
  void inject(int from, int to, byte[] frame) {
    fly(from, to, frame, now);
  }

  /** Someone claims that nobody listens at a node. */
  void injectRefusal(int refused, int to) {
    fly(refused, to, new byte[0], now);
  }

  private void arrive(Event event) {
    Node target = running.get(event.to());
    if (target == null) {
      if (refuses && running.containsKey(event.from()) && event.frame().length > 0) {
        fly(event.to(), event.from(), new byte[0], now);
      }
      return;
    }
    if (target.socketUsed + event.frame().length > socketBytes) {
      socketDrops++;
      return;
    }
    target.socketUsed += event.frame().length;
    target.socket.add(event);
  }

  void run(long millis) {
    runUntil(now + millis * MILLI);
  }

  void runUntil(long end) {
    while (true) {
      long next = Long.MAX_VALUE;
      Node due = null;
      for (Node node : running.values()) {
        long deadline = node.deadline();
        if (deadline < next) {
          next = deadline;
          due = node;
        }
      }
      Event event = flying.peek();
      if (event != null && event.time() <= next && event.time() <= end) {
        flying.poll();
        now = event.time();
        arrive(event);
      } else if (due != null && next <= end) {
        now = next;
        due.step();
      } else {
        now = end;
        return;
      }
    }
  }

  boolean settled() {
    NodeSet all = NodeSet.of(running.keySet().stream().mapToInt(Integer::intValue).toArray());
    return running.values().stream()
        .allMatch(node ->
            node.ring.state() == TotemState.OPERATIONAL
                && node.members().equals(all)
                && node.ring.sequence() == running.firstEntry().getValue().ring.sequence());
  }

  /** Lets time pass until all that run are one ring; the microseconds it took, -1 if never. */
  long settle(long millisMax) {
    long begin = now;
    while (now < begin + millisMax * MILLI) {
      if (settled()) {
        return (now - begin) / MICRO;
      }
      runUntil(now + 100 * MICRO);
    }
    return settled() ? millisMax * 1000 : -1;
  }

  /** Bytes per second that the last node's application gets while these nodes flood. */
  double flood(int length, long millis, int... senders) {
    for (Node node : running.values()) {
      node.keepsPackets = false;
    }
    for (int sender : senders) {
      node(sender).floods = length;
      node(sender).ring.wake();
      node(sender).turn();
    }
    run(100);
    long before = running.lastEntry().getValue().bytesDelivered;
    run(millis);
    long bytes = running.lastEntry().getValue().bytesDelivered - before;
    for (int sender : senders) {
      node(sender).floods = 0;
    }
    run(100);
    return bytes * 1000.0 / millis;
  }
}
