package org.ringward.fuzz.target;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.group.ProcessGroupListener;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.group.RingConfiguration;
import org.ringward.core.group.RingStatus;
import org.ringward.core.link.KnetTransport;
import org.ringward.core.link.Transport;
import org.ringward.core.link.UdpuTransport;
import org.ringward.core.port.Frames;
import org.ringward.core.port.RingIds;
import org.ringward.core.totem.TotemState;

/** Nodes 1 to 3 with the whole ring, on a network without loss, in virtual time. */
final class RingNet {
  static final long MILLI = 1_000_000;
  private static final long DELAY_MIN = 20_000;
  private static final long DELAY_MAX = 150_000;
  private static final int REMEMBERED = 8_192;
  private static final int ARCHIVE = 4_096;
  private static final int RECENT = 64;
  private static final String GROUP = "g";
  private static final byte[] KEY = new byte[128];

  /** How the nodes are connected. */
  enum Kind {
    UDPU,
    KNET_CLEAR,
    KNET_ENCRYPTED
  }

  /** One node. */
  final class Node implements Frames, RingIds, ProcessGroupListener {
    final int id;
    final ProcessGroups groups;
    NodeSet view = NodeSet.EMPTY;
    int configurations;
    boolean synchronised;
    long delivered;
    long digest;
    private long ringSequence;

    Node(int id, Kind kind, long ringSequence) {
      this.id = id;
      this.ringSequence = ringSequence;
      groups =
          new ProcessGroups(id, Settings.NODES, TotemSettings.DEFAULT, transport(kind), this, this);
    }

    private Transport transport(Kind kind) {
      if (kind == Kind.UDPU) {
        int netmtu = TotemSettings.DEFAULT.netmtu();
        return new UdpuTransport(id, Settings.NODES, false, true, netmtu, this);
      }
      NodeSettings settings = Settings.knet(id, kind == Kind.KNET_ENCRYPTED, 1);
      return new KnetTransport(settings, KEY, 100 + id + 10 * life, this);
    }

    @Override
    public void send(int link, int toNode, byte[] datagram, int offset, int length) {
      byte[] copy = Arrays.copyOfRange(datagram, offset, offset + length);
      long arrives = now + random.nextLong(DELAY_MIN, DELAY_MAX);
      flying.add(new Datagram(arrives, sent, id, toNode, copy));
      recent.set((int) (sent++ % REMEMBERED), copy);
      if (archive.size() < ARCHIVE) {
        archive.add(copy);
      }
    }

    @Override
    public long load() {
      return ringSequence;
    }

    @Override
    public void store(long sequence) {
      ringSequence = sequence;
    }

    @Override
    public void configurationChanged(RingConfiguration configuration) {
      configurations++;
      synchronised = false;
    }

    @Override
    public void synchronised(long sequence) {
      synchronised = true;
    }

    @Override
    public void membershipChanged(String group, NodeSet members, NodeSet joined, NodeSet left) {
      view = members;
    }

    @Override
    public void delivered(String group, int fromNode, byte[] bytes, int offset, int length) {
      delivered++;
      digest = digest * 31 + fromNode;
      for (int i = 0; i < length; i += 101) {
        digest = digest * 31 + bytes[offset + i];
      }
    }
  }

  private record Datagram(long arrives, long number, int from, int to, byte[] bytes) {}

  final List<Node> nodes = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final PriorityQueue<Datagram> flying =
      new PriorityQueue<>(
          Comparator.comparingLong(Datagram::arrives).thenComparingLong(Datagram::number));
  private final List<byte[]> recent = new ArrayList<>();

  /** The first that were ever sent, also by earlier lives of the nodes. */
  private final List<byte[]> archive;

  private final int life;
  private long sent;
  private long now = 1_000 * MILLI;

  RingNet(Kind kind) {
    this(kind, 0, new ArrayList<>(), 0);
  }

  private RingNet(Kind kind, int life, List<byte[]> archive, long ringSequence) {
    this.life = life;
    this.archive = archive;
    for (int i = 0; i < REMEMBERED; i++) {
      recent.add(new byte[0]);
    }
    Settings.NODES.stream().forEach(id -> nodes.add(new Node(id, kind, ringSequence)));
    for (Node each : nodes) {
      each.groups.start(now);
      each.groups.join(GROUP, now);
      each.groups.expire(now);
    }
  }

  /** All nodes anew, with their keys and the ring sequence on disk; the attacker remembers. */
  RingNet restarted(Kind kind) {
    long sequence = nodes.stream().mapToLong(Node::load).max().orElse(0);
    return new RingNet(kind, life + 1, archive, sequence);
  }

  Node node(int id) {
    return nodes.get(id - 1);
  }

  /** One of the datagrams that were sent, mostly of the last ones, sometimes of the first. */
  byte[] recent(int number) {
    if (number >= 0xE000 && !archive.isEmpty()) {
      return archive.get(number % archive.size());
    }
    long back = number < 0xC000 ? number % RECENT : number % REMEMBERED;
    return recent.get((int) Math.floorMod(sent - 1 - back, (long) REMEMBERED));
  }

  /** A datagram of the attacker arrives at once. */
  void attack(int link, int from, int to, byte[] datagram) {
    ProcessGroups groups = node(to).groups;
    groups.received(link, from, datagram, 0, datagram.length, now);
    groups.expire(now);
  }

  /** All nodes stand still. */
  void pause(long nanos) {
    now += nanos;
  }

  /** A node sends a message, if its queue has room; true when it was accepted. */
  boolean say(int id, int length) {
    byte[] message = new byte[length];
    Arrays.fill(message, (byte) (sent + id));
    boolean accepted = node(id).groups.multicast(GROUP, message, now);
    node(id).groups.expire(now);
    return accepted;
  }

  /** So many datagrams of the nodes arrive, or time passes until one is sent. */
  void hops(int count) {
    for (int i = 0; i < count; i++) {
      hop(Long.MAX_VALUE);
    }
  }

  /** Lets time pass. */
  void run(long nanos) {
    long end = now + nanos;
    while (now < end) {
      hop(end);
    }
  }

  private void hop(long end) {
    long due = end;
    for (Node each : nodes) {
      due = Math.min(due, each.groups.nextDeadline());
    }
    Datagram next = flying.peek();
    if (next != null && next.arrives() <= due) {
      flying.poll();
      now = Math.max(now, next.arrives());
      ProcessGroups groups = node(next.to()).groups;
      groups.received(0, next.from(), next.bytes(), 0, next.bytes().length, now);
      groups.expire(now);
    } else {
      now = Math.max(now, due);
    }
    for (Node each : nodes) {
      if (each.groups.nextDeadline() <= now) {
        each.groups.expire(now);
      }
    }
  }

  /** Whether all nodes are in one ring that is synchronised, and in the group. */
  boolean settled() {
    for (Node each : nodes) {
      if (!each.synchronised
          || !each.groups.members().equals(Settings.NODES)
          || !each.view.equals(Settings.NODES)) {
        return false;
      }
    }
    return nodes.stream().allMatch(each -> each.groups.status().state() == TotemState.OPERATIONAL);
  }

  /** Lets time pass until settled; false when that takes too long. */
  boolean settle(long nanosMax) {
    long end = now + nanosMax;
    while (now < end && !settled()) {
      run(10 * MILLI);
    }
    return settled();
  }

  /** How the nodes stand, for a finding. */
  String describe() {
    StringBuilder text = new StringBuilder();
    for (Node each : nodes) {
      RingStatus status = each.groups.status();
      text.append(each.id).append(": ").append(status.state()).append(' ');
      text.append(status.representative()).append('/').append(status.sequence());
      text.append(' ').append(status.members()).append(" view ").append(each.view);
      text.append(status.synchronised() ? "" : " not synchronised");
      status.counters().entrySet().stream()
          .filter(entry -> entry.getValue() != 0)
          .forEach(entry -> text.append(' ').append(entry));
      text.append('\n');
    }
    return text.toString();
  }
}
