package org.ringward.ring.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.ring.net.UdpFrames;

class LoopTest {
  /** Echoes datagrams to node 2, counts turns, ends or fails when told. */
  private static final class Echo implements Machine {
    private final UdpFrames frames;
    private final List<String> inputs = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile long deadline = Long.MAX_VALUE;
    private volatile long deadlineSeen;

    Echo(UdpFrames frames) {
      this.frames = frames;
    }

    @Override
    public void start(long nowNanos, long wallMillis) {
      inputs.add("start");
    }

    @Override
    public void received(
        int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos) {
      inputs.add("received " + length);
      frames.send(0, 2, datagram, offset, length);
    }

    @Override
    public void refused(int link, int node, long nowNanos) {
      inputs.add("refused " + node);
    }

    void told(String word) {
      inputs.add(word);
    }

    void fail() {
      throw new IllegalStateException("planted");
    }

    @Override
    public void turn(long nowNanos, long wallMillis) {
      turns.incrementAndGet();
      if (nowNanos - deadline >= 0) {
        deadlineSeen = nowNanos;
        deadline = Long.MAX_VALUE;
      }
    }

    @Override
    public long nextDeadline() {
      return deadline;
    }
  }

  private static NodeSettings settings(int port) {
    return NodeSettingsYaml.read(
        "test",
        """
        cluster: test
        nodes:
          - {name: n1, id: 1, address: 127.0.0.91}
          - {name: n2, id: 2, address: 127.0.0.92}
        totem: {port: %d}
        """
            .formatted(port),
        "n1");
  }

  private static DatagramSocket peer(int port) throws IOException {
    return new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.92"), port));
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = peer(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void datagramsInputsAndDeadlinesReachTheMachine() throws Exception {
    int port = freePort();
    AtomicReference<@Nullable String> halted = new AtomicReference<>();
    try (UdpFrames frames = UdpFrames.open(settings(port));
        DatagramSocket peer = peer(port)) {
      Inbox<Echo> inbox = new Inbox<>(frames::wake);
      Loop<Echo> loop = new Loop<>(frames, inbox, (reason, _) -> halted.set(reason));
      Echo echo = new Echo(frames);
      loop.machine(echo);
      Thread thread = new Thread(loop);
      thread.start();
      await().until(() -> echo.inputs.contains("start"));

      byte[] bytes = new byte[1400];
      InetSocketAddress node = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.91"), port);
      peer.setSoTimeout(10_000);
      for (int count = 0; count < 300; count++) {
        peer.send(new DatagramPacket(bytes, bytes.length, node));
        DatagramPacket back = new DatagramPacket(new byte[2000], 2000);
        peer.receive(back);
        assertThat(back.getLength()).isEqualTo(1400);
      }

      int turns = echo.turns.get();
      long due = System.nanoTime() + 40_000_000;
      inbox.put(_ -> echo.deadline = due);
      await().until(() -> echo.deadlineSeen != 0);
      assertThat(echo.deadlineSeen - due).isNotNegative();
      assertThat(echo.turns.get() - turns).as("no spin").isLessThan(8);

      inbox.put(machine -> machine.told("ended 5"));
      inbox.put(_ -> loop.exit(true, "done"));
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
      assertThat(loop.endReason()).isEqualTo("done");
      assertThat(echo.inputs).contains("ended 5");
      assertThat(halted).hasNullValue();
      frames.send(0, 9, bytes, 0, 10);
      SortedMap<String, Long> report = new TreeMap<>();
      frames.report(report);
      assertThat(report).containsEntry("udp-send-failures", 1L);
    }
  }

  @Test
  void aPeerWithoutAListenerIsToldAtOnceAndHeardAgainLater() throws Exception {
    int port = freePort();
    try (UdpFrames frames = UdpFrames.open(settings(port))) {
      Echo echo = new Echo(frames);
      frames.receive(echo, 10);
      frames.send(0, 2, new byte[100], 0, 100);
      await()
          .until(() -> {
            frames.await(10);
            frames.receive(echo, 10);
            return !echo.inputs.isEmpty();
          });
      assertThat(echo.inputs).containsOnly("refused 2");
      try (DatagramSocket peer = peer(port)) {
        peer.setSoTimeout(10_000);
        frames.send(0, 2, new byte[100], 0, 100);
        frames.flush();
        peer.receive(new DatagramPacket(new byte[200], 200));
        echo.inputs.clear();
        InetSocketAddress node = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.91"), port);
        peer.send(new DatagramPacket(new byte[50], 50, node));
        await()
            .until(() -> {
              frames.await(10);
              frames.receive(echo, 10);
              return echo.inputs.contains("received 50");
            });
      }
    }
  }

  @Test
  void aFailingMachineEndsTheProcess() throws Exception {
    AtomicReference<@Nullable String> halted = new AtomicReference<>();
    try (UdpFrames frames = UdpFrames.open(settings(freePort()))) {
      Inbox<Echo> inbox = new Inbox<>(frames::wake);
      Loop<Echo> loop = new Loop<>(frames, inbox, (reason, _) -> halted.set(reason));
      loop.machine(new Echo(frames));
      inbox.put(Echo::fail);
      loop.run();
      assertThat(halted.get()).contains("planted");
    }
  }

  @Test
  void workIsDoneInAnotherThreadInOrderAndItsFailureEndsTheProcess() throws Exception {
    AtomicReference<@Nullable String> halted = new AtomicReference<>();
    List<String> done = new CopyOnWriteArrayList<>();
    List<Long> told = new CopyOnWriteArrayList<>();
    try (Worker worker = new Worker(told::add, (reason, _) -> halted.set(reason))) {
      worker.work(1, () -> done.add(Thread.currentThread().getName()));
      worker.work(2, () -> done.add("second"));
      worker.work(
          3,
          () -> {
            throw new IllegalStateException("planted");
          });
      await().until(() -> halted.get() != null);
    }
    assertThat(done).containsExactly("ringward-worker", "second");
    assertThat(halted.get()).contains("planted");
    assertThat(told).startsWith(1L, 2L);
  }

  @Test
  void aPortInUseAndAForeignAddressAreRefused() throws Exception {
    int port = freePort();
    UdpFrames first = UdpFrames.open(settings(port));
    OperatorException inUse =
        Assertions.catchThrowableOfType(
            OperatorException.class, () -> UdpFrames.open(settings(port)));
    assertThat(inUse.exitCode()).isEqualTo(ExitCode.OS_ERROR);
    assertThat(inUse.sentence()).contains("UDP 127.0.0.91 port " + port + " is in use");
    first.close();
    NodeSettings foreign =
        NodeSettingsYaml.read(
            "test", "cluster: c\nnodes:\n  - {name: n1, id: 1, address: 192.0.2.1}\n", "n1");
    OperatorException refused =
        Assertions.catchThrowableOfType(OperatorException.class, () -> UdpFrames.open(foreign));
    assertThat(refused.sentence()).contains("must be an address of this machine");
  }
}
