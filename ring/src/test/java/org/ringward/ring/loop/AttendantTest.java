package org.ringward.ring.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.link.KnetTransport;
import org.ringward.core.wire.KnetPacket;

class AttendantTest {
  /** Datagrams of node 2 that wait in memory. */
  private static final class Waiting implements SharedDatagrams {
    final Queue<byte[]> datagrams = new ConcurrentLinkedQueue<>();

    @Override
    public boolean takeAside(Datagram target) {
      byte[] next = datagrams.poll();
      if (next == null) {
        return false;
      }
      System.arraycopy(next, 0, target.bytes(), 0, next.length);
      target.is(next.length, 0, 2);
      return true;
    }

    @Override
    public int receive(Machine machine, int most) {
      byte[] next = datagrams.poll();
      if (next != null) {
        machine.received(0, 2, next, 0, next.length, System.nanoTime());
      }
      return next == null ? 0 : 1;
    }

    @Override
    public void await(long nanos) {}

    @Override
    public void wake() {}
  }

  /** A machine that is busy with its first datagram until it is let go. */
  private static final class Busy implements Machine {
    final CountDownLatch letGo = new CountDownLatch(1);
    final List<Integer> received = new ArrayList<>();

    @Override
    public void received(
        int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos) {
      received.add(length);
      try {
        assertThat(letGo.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void start(long nowNanos, long wallMillis) {}

    @Override
    public void refused(int link, int node, long nowNanos) {}

    @Override
    public void turn(long nowNanos, long wallMillis) {}

    @Override
    public long nextDeadline() {
      return Long.MAX_VALUE;
    }
  }

  private static NodeSettings settings() {
    return NodeSettings.builder(
            "test",
            "n1",
            List.of(new Member(1, "n1", "10.0.0.1", 1), new Member(2, "n2", "10.0.0.2", 1)))
        .links(LinkSettings.DEFAULT.clear())
        .build();
  }

  private static byte[] ping() {
    byte[] ping = new byte[KnetPacket.PING_LENGTH];
    KnetPacket.writePing(ping, 0, 2, 0, 1, 2, 3, true);
    return ping;
  }

  @Test
  void questionsAreAnsweredWhileTheLoopIsBusyAndTheRestIsKeptInOrder() throws Exception {
    Queue<Integer> sent = new ConcurrentLinkedQueue<>();
    KnetTransport transport =
        new KnetTransport(
            settings(),
            new byte[128],
            1,
            (link, to, bytes, offset, length) -> sent.add((int) bytes[offset + 1]));
    Waiting waiting = new Waiting();
    Busy machine = new Busy();
    try (Attendant attendant = new Attendant(waiting, transport)) {
      waiting.datagrams.add(new byte[10]);
      Thread loop =
          new Thread(() -> {
            attendant.await(0);
            attendant.receive(machine, 1);
            attendant.await(0);
            attendant.receive(machine, 10);
          });
      loop.start();
      await().until(() -> waiting.datagrams.isEmpty());
      waiting.datagrams.addAll(List.of(new byte[20], ping(), new byte[30], ping()));
      await().until(() -> sent.size() == 2);
      assertThat(sent).containsOnly((int) (byte) KnetPacket.PONG);
      assertThat(waiting.datagrams).isEmpty();
      waiting.datagrams.add(new byte[40]);
      machine.letGo.countDown();
      loop.join();
    }
    assertThat(machine.received).containsExactly(10, 20, 30, 40);
    assertThat(sent).hasSize(2);
  }

  /** While the loop waits, or comes back often enough, its datagrams are left alone. */
  @Test
  void anIdleLoopIsLeftAlone() throws Exception {
    KnetTransport transport =
        new KnetTransport(settings(), new byte[128], 1, (_, _, _, _, _) -> {});
    Waiting waiting = new Waiting();
    try (Attendant attendant = new Attendant(waiting, transport)) {
      waiting.datagrams.add(ping());
      await()
          .failFast("the datagram was taken", waiting.datagrams::isEmpty)
          .during(Duration.ofMillis(300))
          .until(() -> waiting.datagrams.size() == 1);
      attendant.await(0);
      await().until(waiting.datagrams::isEmpty);
    }
  }
}
