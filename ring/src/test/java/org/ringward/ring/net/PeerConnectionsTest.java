package org.ringward.ring.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.ringward.ring.loop.Machine;

/** How a node learns that another one's program has ended, and what does not make it believe so. */
final class PeerConnectionsTest {
  private static final String[] ADDRESSES = {"127.0.0.92", "127.0.0.93"};
  private static final String STRANGER = "127.0.0.94";

  /** A node's sockets, and whom it was told of. */
  private static final class Node implements Machine {
    private final UdpFrames frames;
    private final List<Integer> refused = new ArrayList<>();
    private long parted = Long.MIN_VALUE;

    Node(int id, int port) {
      frames = UdpFrames.open(Settings.of(id, "knet", port, ADDRESSES));
    }

    void turn() {
      frames.await(1_000_000);
      frames.receive(this, 100);
    }

    long standing() {
      SortedMap<String, Long> report = new TreeMap<>();
      frames.report(report);
      return report.get("tcp-connections-of-nodes");
    }

    @Override
    public void start(long nowNanos, long wallMillis) {}

    @Override
    public void received(
        int link, int fromNode, byte[] datagram, int offset, int size, long nowNanos) {}

    @Override
    public void refused(int link, int node, long nowNanos) {
      refused.add(node);
    }

    @Override
    public long partedAt(int node) {
      return parted;
    }

    @Override
    public void turn(long nowNanos, long wallMillis) {}

    @Override
    public long nextDeadline() {
      return Long.MAX_VALUE;
    }
  }

  private final List<Node> nodes = new ArrayList<>();
  private final int port = Settings.freePort(ADDRESSES);
  private int reserved = 599;

  PeerConnectionsTest() throws IOException {}

  @AfterEach
  void close() {
    nodes.forEach(node -> node.frames.close());
  }

  private Node node(int id) {
    Node node = new Node(id, port);
    nodes.add(node);
    return node;
  }

  private void turnUntil(java.util.concurrent.Callable<Boolean> condition) {
    await()
        .pollInSameThread()
        .pollDelay(0, TimeUnit.MILLISECONDS)
        .pollInterval(1, TimeUnit.MILLISECONDS)
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> {
          nodes.forEach(Node::turn);
          return condition.call();
        });
  }

  private void turnForAMoment() {
    long end = System.nanoTime() + 200_000_000;
    while (System.nanoTime() - end < 0) {
      nodes.forEach(Node::turn);
    }
  }

  /** A connection as node 1's program makes it, or another program at some address. */
  private Socket connect(String address, boolean reserved) throws IOException {
    Socket socket = new Socket();
    socket.setReuseAddress(true);
    try {
      socket.bind(
          new InetSocketAddress(InetAddress.ofLiteral(address), reserved ? this.reserved-- : 0));
    } catch (IOException e) {
      socket.close();
      Assumptions.abort("a reserved port needs a privilege: " + e.getMessage());
    }
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral(ADDRESSES[1]), port), 5000);
    return socket;
  }

  @Test
  void whoClosesOrderlyIsNotTakenForDead() {
    Node one = node(1);
    Node two = node(2);
    turnUntil(() -> one.standing() == 1 && two.standing() == 1);
    nodes.remove(two);
    two.frames.close();
    turnUntil(() -> one.standing() == 0);
    turnForAMoment();
    assertThat(one.refused).isEmpty();
    nodes.add(new Node(2, port));
    turnUntil(() -> one.standing() == 1);
  }

  @Test
  void theEndOfAProgramIsToldByTheConnectionItMade() throws IOException {
    Node two = node(2);
    Socket program = connect(ADDRESSES[0], true);
    turnUntil(() -> two.standing() == 1);
    assertThat(two.refused).isEmpty();
    program.close();
    turnUntil(() -> two.refused.contains(1));
    assertThat(two.refused).containsExactly(1);
  }

  @Test
  void theEndOfAFormerLifeIsNotBelievedOfTheNextOne() throws IOException {
    Node two = node(2);
    Socket former = connect(ADDRESSES[0], true);
    turnUntil(() -> two.standing() == 1);
    two.parted = System.nanoTime();
    former.close();
    turnUntil(() -> two.standing() == 0);
    turnForAMoment();
    assertThat(two.refused).isEmpty();
    Socket next = connect(ADDRESSES[0], true);
    turnUntil(() -> two.standing() == 1);
    next.close();
    turnUntil(() -> two.refused.contains(1));
  }

  @Test
  void aConnectionFromBeforeAPartingIsMadeAnew() {
    Node one = node(1);
    Node two = node(2);
    turnUntil(() -> one.standing() == 1 && two.standing() == 1);
    one.parted = System.nanoTime();
    turnUntil(() -> one.standing() == 0);
    turnUntil(() -> one.standing() == 1 && two.standing() == 1);
    assertThat(one.refused).isEmpty();
    assertThat(two.refused).isEmpty();
  }

  @Test
  void aPortThatAnybodyMayHaveTellsNothing() throws IOException {
    Node two = node(2);
    Socket program = connect(ADDRESSES[0], false);
    turnUntil(() -> two.standing() == 1);
    program.close();
    turnUntil(() -> two.standing() == 0);
    assertThat(two.refused).isEmpty();
  }

  @Test
  void anybodyElseDoesNotReplaceTheNodesConnection() throws IOException {
    Node two = node(2);
    try (Socket program = connect(ADDRESSES[0], true)) {
      turnUntil(() -> two.standing() == 1);
      try (Socket other = connect(ADDRESSES[0], false)) {
        other.setSoTimeout(1);
        turnUntil(() -> isClosed(other));
      }
      assertThat(two.standing()).isEqualTo(1);
      assertThat(program.isClosed()).isFalse();
    }
    turnUntil(() -> !two.refused.isEmpty());
  }

  @Test
  void strangersAreTurnedAway() throws IOException {
    Node two = node(2);
    try (Socket stranger = connect(STRANGER, false)) {
      stranger.setSoTimeout(1);
      turnUntil(() -> isClosed(stranger));
    }
    assertThat(two.standing()).isZero();
    assertThat(two.refused).isEmpty();
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void theEndOfAProgramIsToldByTheConnectionItTook() throws IOException {
    InetAddress address = InetAddress.ofLiteral(ADDRESSES[1]);
    try (ServerSocket program = new ServerSocket(port, 10, address)) {
      program.setSoTimeout(20_000);
      Node one = node(1);
      turnUntil(() -> true);
      Socket taken = program.accept();
      turnUntil(() -> one.standing() == 1);
      taken.close();
      turnUntil(() -> one.refused.contains(2));

      turnUntilConnecting();
      Socket broken = program.accept();
      turnUntil(() -> one.standing() == 1);
      broken.setSoLinger(true, 0);
      broken.close();
      turnUntil(() -> one.standing() == 0);
      assertThat(one.refused).containsExactly(2);
    }
  }

  /** The next attempt comes after a pause. */
  private void turnUntilConnecting() {
    long end = System.nanoTime() + 1_500_000_000;
    while (System.nanoTime() - end < 0) {
      nodes.forEach(Node::turn);
    }
  }
}
