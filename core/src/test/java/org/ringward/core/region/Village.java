package org.ringward.core.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.RegionSettings;
import org.ringward.core.config.RegionSettings.Multicast;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.port.Echoes;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.port.Sectors;

/** Some nodes with regions between them, and a clock that a test moves. */
final class Village {
  static final long MILLI = 1_000_000;
  static final byte[] KEY = new byte[128];

  final List<House> houses = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  private final List<Region> regions;
  private final PriorityQueue<Frame> queue =
      new PriorityQueue<>(
          (a, b) -> Long.compare(a.at * 100_000 + a.order, b.at * 100_000 + b.order));
  private long order;
  long now = 5_000 * MILLI;

  /** What happens to a frame on its way. */
  interface Way {
    /** Delay in nanoseconds, negative when it is lost. */
    long delay(int region, int from, int to);
  }

  Way way = (_, _, _) -> MILLI;

  private record Frame(long at, long order, int region, int path, House to, byte[] bytes) {}

  /** A region of that name that everybody hears. */
  static Region radio(String name, int keepalive, int deadtime) {
    return new Region(
        name,
        new Times(keepalive, deadtime, deadtime / 2, 2 * deadtime),
        new Multicast("239.1.1.1", 694, "eth0", 1));
  }

  /** Lines from each node to the next, in a ring. */
  static Region lines(String name, int keepalive, int deadtime) {
    return new Region(
        name,
        new Times(keepalive, deadtime, deadtime / 2, 2 * deadtime),
        new Serial(List.of("/dev/ttyS0", "/dev/ttyS1"), 19200));
  }

  Village(int nodes, Region... regions) {
    this.regions = List.of(regions);
    for (int id = 1; id <= nodes; id++) {
      houses.add(new House(id, nodes));
    }
  }

  NodeSettings settings(int id, int nodes, String cluster) {
    List<Member> members = new ArrayList<>();
    for (int each = 1; each <= nodes; each++) {
      members.add(new Member(each, "n" + each, "10.0.0." + each, 1));
    }
    return NodeSettings.builder(cluster, "n" + id, members)
        .regions(new RegionSettings(regions, List.of()))
        .build();
  }

  House house(int id) {
    return houses.get(id - 1);
  }

  void start() {
    houses.forEach(house -> house.start(1));
  }

  /** Lets so much time pass, in steps of a loop's length. */
  void run(long millis) {
    long end = now + millis * MILLI;
    while (now < end) {
      now += 5 * MILLI;
      while (!queue.isEmpty() && queue.peek().at <= now) {
        Frame frame = queue.poll();
        frame.to.hear(frame.region, frame.path, frame.bytes);
      }
      houses.forEach(House::turn);
    }
  }

  /** A node with its events, and all frames it ever sent. */
  final class House implements Heartbeats, RegionListener, Mailbox.Listener {
    final int id;
    private final int nodes;
    final List<byte[]> sent = new ArrayList<>();
    final List<String> mail = new ArrayList<>();
    final Inquiries inquiries;
    Regions regions;
    boolean stopped;
    boolean mute;

    House(int id, int nodes) {
      this.id = id;
      this.nodes = nodes;
      this.inquiries =
          new Inquiries(1, (from, question, answer) -> answer.give(from + " asked " + question));
      this.regions = make("village", KEY, 1);
    }

    Regions make(String cluster, byte[] key, long incarnation) {
      return new Regions(settings(id, nodes, cluster), key, incarnation, this, this, this);
    }

    void start(long incarnation) {
      regions = make("village", KEY, incarnation);
      inquiries.through((node, content, until, _) -> regions.post(node, content, until, now));
      regions.start(now);
      stopped = false;
    }

    void turn() {
      if (!stopped) {
        inquiries.turn(now);
        regions.turn(now);
      }
    }

    void hear(int region, int path, byte[] bytes) {
      if (!stopped) {
        inquiries.at(now);
        regions.received(region, path, bytes, 0, bytes.length, now);
      }
    }

    RegionsDesk desk() {
      return new RegionsDesk(
          regions,
          new PingNodes(List.of(), Echoes.NONE, new PingDiary()),
          new SbdSlots(settings(id, nodes, "village"), Sectors.NONE, new SbdDiary()),
          "n" + id);
    }

    String state(int node, int region) {
      return regions.peers()[node - 1].regions[region].state().name();
    }

    @Override
    public void send(int region, int path, byte[] frame, int offset, int length) {
      byte[] bytes = Arrays.copyOfRange(frame, offset, offset + length);
      sent.add(bytes);
      if (mute) {
        return;
      }
      if (Village.this.regions.get(region).medium() instanceof Serial) {
        line(region, path, 0, id == nodes ? 1 : id + 1, 1, bytes);
        line(region, path, 1, id == 1 ? nodes : id - 1, 0, bytes);
        return;
      }
      for (House to : houses) {
        post(region, 0, to, bytes);
      }
    }

    /** Line 0 goes to the next node, where it is line 1. */
    private void line(int region, int wanted, int own, int to, int there, byte[] bytes) {
      if (wanted == EVERYWHERE || wanted == own) {
        post(region, there, house(to), bytes);
      }
    }

    private void post(int region, int path, House to, byte[] bytes) {
      long delay = way.delay(region, id, to.id);
      if (delay >= 0) {
        queue.add(new Frame(now + delay, order++, region, path, to, bytes));
      }
    }

    private void event(String what, int node, int region) {
      events.add(
          "n%d: n%d %s on %s"
              .formatted(id, node + 1, what, Village.this.regions.get(region).name()));
    }

    @Override
    public void found(int node, int region) {
      event("found", node, region);
    }

    @Override
    public void late(int node, int region, long silentMillis) {
      event("late", node, region);
    }

    @Override
    public void lost(int node, int region, long silentMillis) {
      event("lost", node, region);
    }

    @Override
    public void left(int node, int region) {
      event("left", node, region);
    }

    @Override
    public void restarted(int node) {
      events.add("n%d: n%d restarted".formatted(id, node + 1));
    }

    @Override
    public void stalled(int node, long millis) {
      events.add("n%d: n%d stalled for %d".formatted(id, node + 1, millis / 100 * 100));
    }

    @Override
    public void selfStalled(long millis) {
      events.add("n%d: stalled for %d".formatted(id, millis / 100 * 100));
    }

    @Override
    public void message(int fromNode, byte[] bytes, int offset, int length) {
      mail.add(
          fromNode
              + ":"
              + new String(bytes, offset, length, java.nio.charset.StandardCharsets.UTF_8));
      inquiries.message(fromNode, bytes, offset, length);
    }

    @Override
    public void taken(int node, int number) {
      mail.add("taken " + number + " by " + node);
    }

    @Override
    public void expired(int node, int number) {
      mail.add("expired " + number + " to " + node);
    }

    NodeSet alive() {
      NodeSet lives = NodeSet.EMPTY;
      for (int node : regions.lives().keySet()) {
        lives = node == id ? lives : lives.with(node);
      }
      return lives;
    }
  }
}
