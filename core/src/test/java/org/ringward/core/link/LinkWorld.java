package org.ringward.core.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.ringward.core.port.Frames;

/** Transports of nodes 1 to n on networks (one for each link) in virtual time. */
final class LinkWorld {
  static final long MILLI = 1_000_000;

  final SplittableRandom random = new SplittableRandom(11);
  final Node[] nodes;
  long now = 1_000 * MILLI;
  double loss;
  int datagramMax = 1_472;
  long delayMin = 50_000;
  long delayMax = 200_000;
  private final boolean[][][] cut;
  private long count;
  private final PriorityQueue<Arrival> flying =
      new PriorityQueue<>(
          Comparator.comparingLong(Arrival::time).thenComparingLong(Arrival::number));

  record Arrival(long time, long number, int link, int from, int to, byte[] bytes) {}

  /** A node of this world. */
  final class Node implements Frames, LinkListener {
    final int id;
    KnetTransport transport;
    final List<byte[]> frames = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    boolean running = true;
    boolean tellsMtu;
    int sent;
    int[] sentOnLink = new int[8];

    Node(int id, Links links) {
      this.id = id;
      this.transport = links.transport(id, nodes.length, this);
      transport.listen(this);
    }

    @Override
    public void send(int link, int toNode, byte[] datagram, int offset, int length) {
      sent++;
      sentOnLink[link]++;
      if (length <= datagramMax && !cut[link][id][toNode] && random.nextDouble() >= loss) {
        byte[] bytes = Arrays.copyOfRange(datagram, offset, offset + length);
        long delay = delayMin + random.nextLong(delayMax - delayMin + 1);
        flying.add(new Arrival(now + delay, count++, link, id, toNode, bytes));
      }
    }

    boolean isUp(int link, int peer) {
      return status(link, peer).connected();
    }

    LinkStatus status(int link, int peer) {
      return transport.links().stream()
          .filter(each -> each.link() == link && each.node() == peer)
          .findFirst()
          .orElseThrow();
    }

    long drops(LinkDrop reason) {
      return transport.drops().get(reason);
    }

    @Override
    public void linkUp(int node, int link) {
      told.add("up " + node + "." + link);
    }

    @Override
    public void linkDown(int node, int link, Cause cause) {
      told.add("down " + node + "." + link + " " + cause);
    }

    @Override
    public void mtuChanged(int node, int link, int mtu) {
      if (tellsMtu) {
        told.add("mtu " + mtu + " of " + node + "." + link);
      }
    }
  }

  LinkWorld(int count, Links links) {
    nodes = new Node[count];
    cut = new boolean[8][count + 1][count + 1];
    for (int i = 0; i < count; i++) {
      nodes[i] = new Node(i + 1, links);
      nodes[i].transport.start(now);
    }
  }

  Node node(int id) {
    return nodes[id - 1];
  }

  /** Cuts or mends both directions of a link. */
  void cut(int link, int a, int b, boolean isCut) {
    cutOneWay(link, a, b, isCut);
    cutOneWay(link, b, a, isCut);
  }

  void cutOneWay(int link, int from, int to, boolean isCut) {
    cut[link][from][to] = isCut;
  }

  /** A new life of a node that was ended or is ended by this. */
  void restart(int id, Links links) {
    nodes[id - 1] = new Node(id, links);
    nodes[id - 1].transport.start(now);
  }

  void run(long millis) {
    long end = now + millis * MILLI;
    while (step(end)) {}
    now = end;
  }

  private boolean step(long end) {
    long next = Long.MAX_VALUE;
    Node due = null;
    for (Node each : nodes) {
      if (each.running && each.transport.nextDeadline() < next) {
        next = Math.max(now, each.transport.nextDeadline());
        due = each;
      }
    }
    Arrival arrival = flying.peek();
    if (arrival != null && arrival.time() <= Math.min(next, end)) {
      flying.poll();
      now = arrival.time();
      Node to = node(arrival.to());
      if (to.running) {
        arrived(to, arrival);
      }
      return true;
    }
    if (due == null || next > end) {
      return false;
    }
    now = next;
    due.transport.expire(now);
    return true;
  }

  private void arrived(Node to, Arrival arrival) {
    KnetTransport transport = to.transport;
    byte[] bytes = arrival.bytes();
    if (transport.received(arrival.link(), arrival.from(), bytes, 0, bytes.length, now)) {
      int at = transport.frameOffset();
      to.frames.add(Arrays.copyOfRange(transport.frame(), at, at + transport.frameLength()));
    }
    transport.expire(now);
  }

  /** A frame for all of a length and with a number in it. */
  static byte[] frame(int length, int number) {
    byte[] frame = new byte[length];
    new SplittableRandom(number).nextBytes(frame);
    frame[0] = 0x70;
    frame[1] = (byte) 0xC0;
    Arrays.fill(frame, 9, 13, (byte) 0);
    return frame;
  }

  void broadcast(int from, byte[] frame) {
    node(from).transport.broadcast(frame, frame.length);
  }
}
