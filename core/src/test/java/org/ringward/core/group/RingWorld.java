package org.ringward.core.group;

import java.nio.charset.StandardCharsets;
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
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.link.KnetTransport;
import org.ringward.core.link.Transport;
import org.ringward.core.port.Frames;
import org.ringward.core.port.RingIds;
import org.ringward.core.totem.TotemState;

/** Some nodes and a network in virtual time; a seed decides delays, losses and repetitions. */
final class RingWorld {
  static final String GROUP = "cluster";
  static final byte[] KEY = new byte[128];
  static final long MILLI = 1_000_000;

  /** On an Ethernet with IPv4. */
  private static final int DATAGRAM_MAX = 1_472;

  private static final int RECORDED_MAX = 2_000;

  final SplittableRandom random;
  final NodeSet nodes;
  final TotemSettings settings;
  final List<Life> lives = new ArrayList<>();
  final TreeMap<Integer, Life> running = new TreeMap<>();
  final TreeMap<Integer, Long> ringIds = new TreeMap<>();

  /** Pairs "from>to" that hear nothing. */
  final TreeSet<String> cut = new TreeSet<>();

  long now = 1_000_000_000L;
  double loss;
  double duplication;
  long delayMin = MILLI / 20;
  long delayMax = MILLI / 5;
  long datagrams;

  /** The first datagrams that were sent. */
  final List<byte[]> recorded = new ArrayList<>();

  private long arrivals;
  private final PriorityQueue<Arrival> flying =
      new PriorityQueue<>(
          Comparator.comparingLong(Arrival::time).thenComparingLong(Arrival::number));

  record Arrival(long time, long number, int from, int to, byte[] datagram) {}

  /** What a node's listener heard, in order. */
  sealed interface Heard {
    record Configuration(RingConfiguration configuration) implements Heard {}

    record Synchronised(long sequence) implements Heard {}

    record View(NodeSet members, NodeSet joined, NodeSet left) implements Heard {}

    record Message(int from, String text) implements Heard {}
  }

  /** A node from one start to its crash or shutdown. */
  final class Life implements ProcessGroupListener, Frames, RingIds {
    final int node;
    final int number;
    final List<Heard> heard = new ArrayList<>();
    final List<String> sent = new ArrayList<>();
    final ProcessGroups groups;
    NodeSet view = NodeSet.EMPTY;
    boolean synchronised;
    long pausedUntil;
    boolean keepsTexts = true;
    long delivered;

    Life(int node, int number) {
      this.node = node;
      this.number = number;
      this.groups = new ProcessGroups(node, nodes, settings, transport(), this, this);
    }

    private Transport transport() {
      return new KnetTransport(nodeSettings(node), KEY, number, this);
    }

    @Override
    public void configurationChanged(RingConfiguration configuration) {
      synchronised = false;
      heard.add(new Heard.Configuration(configuration));
    }

    @Override
    public void synchronised(long ringSequence) {
      synchronised = true;
      heard.add(new Heard.Synchronised(ringSequence));
    }

    @Override
    public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {
      view = members;
      heard.add(new Heard.View(members, joined, left));
    }

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
      delivered++;
      if (keepsTexts) {
        heard.add(
            new Heard.Message(
                fromNode,
                new String(bytes, offset, Math.min(length, 40), StandardCharsets.US_ASCII)));
      }
    }

    @Override
    public void send(int link, int toNode, byte[] datagram, int offset, int length) {
      transmit(node, toNode, datagram, offset, length);
    }

    @Override
    public long load() {
      return ringIds.getOrDefault(node, 0L);
    }

    @Override
    public void store(long ringSequence) {
      ringIds.put(node, ringSequence);
    }

    /** Sends a message of at least so many bytes with a text of its own at the beginning. */
    boolean say(int size) {
      String text = node + "." + number + "#" + sent.size() + " ";
      byte[] bytes = new byte[Math.max(size, text.length())];
      byte[] begin = text.getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(begin, 0, bytes, 0, begin.length);
      if (bytes.length > begin.length) {
        Arrays.fill(bytes, begin.length, bytes.length, (byte) '.');
      }
      if (!groups.multicast(RingWorld.GROUP, bytes, now)) {
        return false;
      }
      sent.add(text);
      groups.expire(now);
      return true;
    }

    List<String> texts() {
      return heard.stream()
          .filter(Heard.Message.class::isInstance)
          .map(message -> ((Heard.Message) message).text())
          .toList();
    }
  }

  RingWorld(long seed, int count) {
    this(seed, count, TotemSettings.DEFAULT);
  }

  RingWorld(long seed, int count, TotemSettings settings) {
    this.random = new SplittableRandom(seed);
    this.nodes = NodeSet.of(IntStream.rangeClosed(1, count).toArray());
    this.settings = settings;
  }

  /** The settings of one node: one link, encrypted. */
  NodeSettings nodeSettings(int node) {
    return ClusterSettings.of(node, nodes, settings);
  }

  Life start(int node) {
    Life life = new Life(node, lives.size() + 1);
    lives.add(life);
    running.put(node, life);
    life.groups.start(now);
    life.groups.join(GROUP, now);
    life.groups.expire(now);
    return life;
  }

  void startAll() {
    nodes.stream().forEach(this::start);
  }

  /** The node is gone without a word. */
  void crash(int node) {
    running.remove(node);
  }

  void shutdown(int node) {
    Life life = running.remove(node);
    if (life != null) {
      life.groups.shutdown(now);
    }
  }

  void cutBetween(NodeSet a, NodeSet b) {
    a.stream()
        .forEach(x ->
            b.stream()
                .forEach(y -> {
                  cut.add(x + ">" + y);
                  cut.add(y + ">" + x);
                }));
  }

  void heal() {
    cut.clear();
  }

  void transmit(int from, int to, byte[] datagram, int offset, int length) {
    if (length > DATAGRAM_MAX || cut.contains(from + ">" + to)) {
      return;
    }
    if (loss > 0 && random.nextDouble() < loss) {
      return;
    }
    byte[] copy = Arrays.copyOfRange(datagram, offset, offset + length);
    if (recorded.size() < RECORDED_MAX) {
      recorded.add(copy);
    }
    fly(from, to, copy);
    if (duplication > 0 && random.nextDouble() < duplication) {
      fly(from, to, copy);
    }
  }

  /** A datagram that someone else brings onto the network, with a node's address. */
  void inject(int from, int to, byte[] datagram) {
    fly(from, to, datagram);
  }

  private void fly(int from, int to, byte[] datagram) {
    long delay = delayMin + random.nextLong(delayMax - delayMin + 1);
    flying.add(new Arrival(now + delay, arrivals++, from, to, datagram));
  }

  /** Lets time pass. */
  void run(long millis) {
    runUntil(now + millis * MILLI);
  }

  void runUntil(long end) {
    while (step(end)) {}
    now = end;
  }

  /** The node stands still; what arrives meanwhile waits for it. */
  void pause(int node, long millis) {
    Life life = running.get(node);
    if (life != null) {
      life.pausedUntil = now + millis * MILLI;
    }
  }

  private boolean step(long end) {
    long next = Long.MAX_VALUE;
    Life due = null;
    for (Life life : running.values()) {
      long deadline = Math.max(Math.max(now, life.pausedUntil), life.groups.nextDeadline());
      if (deadline < next) {
        next = deadline;
        due = life;
      }
    }
    Arrival arrival = flying.peek();
    if (arrival != null && arrival.time() <= next) {
      if (arrival.time() > end) {
        return false;
      }
      flying.poll();
      now = arrival.time();
      Life life = running.get(arrival.to());
      if (life != null && life.pausedUntil > now) {
        flying.add(
            new Arrival(
                life.pausedUntil,
                arrival.number(),
                arrival.from(),
                arrival.to(),
                arrival.datagram()));
      } else if (life != null) {
        datagrams++;
        life.groups.received(
            0, arrival.from(), arrival.datagram(), 0, arrival.datagram().length, now);
        life.groups.expire(now);
      }
      return true;
    }
    if (due == null || next > end) {
      return false;
    }
    now = next;
    due.groups.expire(now);
    return true;
  }

  /** Whether all running nodes are in one synchronised ring and see each other in the group. */
  boolean settled() {
    NodeSet all = NodeSet.of(running.keySet().stream().mapToInt(Integer::intValue).toArray());
    return running.values().stream()
        .allMatch(life -> {
          RingStatus status = life.groups.status();
          return status.state() == TotemState.OPERATIONAL
              && status.members().equals(all)
              && life.synchronised
              && life.view.equals(all);
        });
  }

  /** Lets time pass until settled; the milliseconds it took, -1 when it did not happen. */
  long settle(long millisMax) {
    long begin = now;
    while (now < begin + millisMax * MILLI) {
      if (settled()) {
        return (now - begin) / MILLI;
      }
      run(10);
    }
    return settled() ? millisMax : -1;
  }

  /** The last things each running node heard. */
  String tails() {
    StringBuilder text = new StringBuilder();
    for (Life life : running.values()) {
      List<Heard> tail = life.heard.subList(Math.max(0, life.heard.size() - 12), life.heard.size());
      text.append(life.node).append(": ");
      tail.forEach(heard -> text.append(brief(heard)).append(", "));
      text.append('\n');
    }
    return text.toString();
  }

  private static String brief(Heard heard) {
    return switch (heard) {
      case Heard.Configuration(RingConfiguration ring) ->
          ring.kind().name().substring(0, 5)
              + " "
              + ring.representative()
              + "/"
              + ring.sequence()
              + " "
              + ring.members();
      case Heard.Synchronised _ -> "synchronised";
      case Heard.View view -> "view " + view.members() + " +" + view.joined() + " -" + view.left();
      case Heard.Message message -> message.text().replace(".....", "");
    };
  }

  /** How each running node stands, with all counters that are not 0. */
  String describe() {
    StringBuilder text = new StringBuilder();
    for (Life life : running.values()) {
      RingStatus status = life.groups.status();
      text.append(life.node).append(": ").append(status.state()).append(' ');
      text.append(status.representative()).append('/').append(status.sequence());
      text.append(" members ").append(status.members()).append(" view ").append(life.view);
      status.counters().entrySet().stream()
          .filter(entry -> entry.getValue() != 0)
          .forEach(entry -> text.append(' ').append(entry));
      text.append('\n');
    }
    return text.toString();
  }
}
