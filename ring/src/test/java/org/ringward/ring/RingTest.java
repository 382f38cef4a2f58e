package org.ringward.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ringward.ring.Exchange.awaitMembers;
import static org.ringward.ring.Exchange.message;
import static org.ringward.ring.Exchange.send;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.base.OperatorException;
import org.ringward.core.group.GroupChange;

class RingTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<Ring> rings = new ArrayList<>();

  @AfterEach
  void close() {
    rings.forEach(Ring::close);
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.81"), 0))) {
      return socket.getLocalPort();
    }
  }

  private static RingBuilder builder(int self, int nodes, int port) {
    RingBuilder builder =
        Ring.builder().cluster("test").self(self).port(port).key(new byte[128]).log((_, _) -> {});
    for (int id = 1; id <= nodes; id++) {
      builder.node(id, "127.0.0." + (80 + id));
    }
    return builder;
  }

  private void open(int nodes) throws IOException {
    int port = freePort();
    for (int self = 1; self <= nodes; self++) {
      rings.add(builder(self, nodes, port).stateDir(folder.resolve("" + self)).open());
    }
  }

  @Test
  void threeMembersDeliverTheSameMessagesInOneOrder() throws Exception {
    open(3);
    int each = 1500;
    List<Recorder> recorders = List.of(new Recorder(), new Recorder(), new Recorder());
    List<RingGroup> groups = new ArrayList<>();
    for (int at = 0; at < 3; at++) {
      groups.add(rings.get(at).join("g", recorders.get(at)));
    }
    awaitMembers("[1, 2, 3]", recorders);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> senders = new ArrayList<>();
    for (RingGroup group : groups) {
      senders.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> failure.set(e))
              .start(() -> sendAll(group, each)));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(failure).hasNullValue();
    for (Recorder recorder : recorders) {
      await().atMost(LONG).until(() -> recorder.messages().size() == 3 * each);
      assertThat(recorder.messages()).isEqualTo(recorders.get(0).messages());
    }
    List<String> all = recorders.get(0).messages();
    for (int node = 1; node <= 3; node++) {
      String prefix = "message " + node + " ";
      List<String> expected = new ArrayList<>();
      for (int number = 0; number < each; number++) {
        Recorder alone = new Recorder();
        byte[] bytes = message(number, size(number));
        alone.delivered(node, 0, bytes, 0, bytes.length);
        expected.addAll(alone.messages());
      }
      assertThat(all.stream().filter(line -> line.startsWith(prefix))).isEqualTo(expected);
    }
    assertThat(rings.get(0).status().members().size()).isEqualTo(3);
    assertThat(rings.get(0).links()).hasSize(2);
  }

  /** Mostly small, some of several frames, few of more than Corosync's clients send at once. */
  private static int size(int number) {
    return number % 500 == 499 ? 1_500_000 : number % 10 == 9 ? 5000 : 4 + number % 300;
  }

  private static void sendAll(RingGroup group, int count) {
    try {
      for (int number = 0; number < count; number++) {
        assertThat(send(group, message(number, size(number)))).isTrue();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void configurationsComeTransitionalFirstAndMembersLeave() throws Exception {
    open(3);
    List<Recorder> recorders = List.of(new Recorder(), new Recorder(), new Recorder());
    for (int at = 0; at < 3; at++) {
      rings.get(at).join("g", recorders.get(at));
    }
    awaitMembers("[1, 2, 3]", recorders);
    int before = recorders.get(0).lines().size();
    rings.get(2).close();
    Recorder first = recorders.get(0);
    await()
        .atMost(LONG)
        .until(() ->
            first.lines().getLast().equals("synchronised") && first.lines().size() > before + 1);
    assertThat(first.lines().subList(before, first.lines().size()))
        .containsExactly(
            "members [1, 2] joined [] left [3] LEAVE",
            "TRANSITIONAL {1,2}",
            "REGULAR {1,2}",
            "synchronised");
    assertThat(recorders.get(2).lines().getLast())
        .isEqualTo("members [1, 2] joined [] left [3] LEAVE");
    assertThatThrownBy(() -> rings.get(2).status()).isInstanceOf(RingException.class);
    assertThatThrownBy(() -> rings.get(2).join("h", first)).isInstanceOf(RingException.class);
  }

  @Test
  void whatWasSentBeforeALeaveIsDeliveredAndTheGroupCanBeJoinedAgain() throws Exception {
    open(2);
    List<Recorder> recorders = List.of(new Recorder(), new Recorder());
    RingGroup leaving = rings.get(0).join("g", recorders.get(0));
    rings.get(1).join("g", recorders.get(1));
    awaitMembers("[1, 2]", recorders);
    for (int number = 0; number < 300; number++) {
      assertThat(send(leaving, message(number, 100))).isTrue();
    }
    leaving.leave();
    leaving.leave();
    assertThatThrownBy(() -> send(leaving, new byte[1])).isInstanceOf(RingException.class);
    String left = "members [2] joined [] left [1] LEAVE";
    for (Recorder recorder : recorders) {
      await().atMost(LONG).until(() -> recorder.has(left));
      assertThat(recorder.messages()).hasSize(300);
    }
    assertThat(rings.get(0).groups()).isEmpty();
    Recorder again = new Recorder();
    RingGroup joined = rings.get(0).join("g", again);
    awaitMembers("[1, 2]", List.of(again));
    assertThat(send(joined, message(7, 10))).isTrue();
    await().atMost(LONG).until(() -> recorders.get(1).messages().size() == 301);
    assertThat(recorders.get(0).messages()).hasSize(300);
    assertThatThrownBy(() -> rings.get(0).join("g", again)).isInstanceOf(RingException.class);
  }

  @Test
  void aFullRingRefusesAndTakesAgainAndLosesNothing() throws Exception {
    open(1);
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    Recorder recorder =
        new Recorder() {
          @Override
          public void delivered(int node, int process, byte[] bytes, int offset, int length) {
            super.delivered(node, process, bytes, offset, length);
            stuck.countDown();
            try {
              letGo.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    RingGroup group = rings.get(0).join("g", recorder);
    assertThat(send(group, message(0, 1000))).isTrue();
    stuck.await();
    int accepted = 1;
    while (group.trySend(message(accepted, 1000), 0, 1000)) {
      accepted++;
      assertThat(accepted).isLessThan(1_000_000);
    }
    assertThat(accepted).isGreaterThan(100);
    byte[] next = message(accepted, 1000);
    assertThat(group.send(next, 0, next.length, 20, TimeUnit.MILLISECONDS)).isFalse();
    letGo.countDown();
    int sent = accepted;
    for (; sent < 30_000; sent++) {
      assertThat(send(group, message(sent, 1000))).isTrue();
    }
    int all = sent;
    await().atMost(LONG).until(() -> recorder.messages().size() == all);
    for (int number = 0; number < all; number++) {
      assertThat(recorder.messages().get(number)).startsWith("message 1 #" + number + " 1000 ");
      if (number == 10) {
        number = all - 10;
      }
    }
  }

  @Test
  void aListenerMayTryToSendAndJoinButNotWait() throws Exception {
    open(1);
    Recorder other = new Recorder();
    List<String> refusals = new ArrayList<>();
    Recorder recorder =
        new Recorder() {
          @Override
          public void membershipChanged(GroupChange change) {
            super.membershipChanged(change);
            if (count(line -> line.startsWith("members")) == 1) {
              RingGroup second = rings.get(0).join("second", other);
              assertThat(second.trySend(message(5, 4), 0, 4)).isTrue();
              for (ThrowingCall call :
                  List.<ThrowingCall>of(
                      () -> send(second, new byte[1]), rings.get(0)::status, rings.get(0)::close)) {
                try {
                  call.run();
                } catch (IllegalStateException e) {
                  refusals.add(String.valueOf(e.getMessage()));
                } catch (Exception e) {
                  refusals.add("unexpected " + e);
                }
              }
            }
          }
        };
    rings.get(0).join("first", recorder);
    await().atMost(LONG).until(() -> !other.messages().isEmpty());
    assertThat(refusals).hasSize(3).noneMatch(each -> each.startsWith("unexpected"));
    assertThat(rings.get(0).groups())
        .extracting(RingGroup::name)
        .containsExactly("first", "second");
  }

  private interface ThrowingCall {
    void run() throws Exception;
  }

  @Test
  void aListenerThatThrowsEndsItsRingAndTheOthersHearOfIt() throws Exception {
    open(2);
    Recorder thrower =
        new Recorder() {
          @Override
          public void delivered(int node, int process, byte[] bytes, int offset, int length) {
            throw new IllegalStateException("planted");
          }
        };
    Recorder other = new Recorder();
    rings.get(0).join("g", thrower);
    RingGroup group = rings.get(1).join("g", other);
    awaitMembers("[1, 2]", List.of(thrower, other));
    assertThat(send(group, new byte[10])).isTrue();
    await().atMost(LONG).until(() -> thrower.count(line -> line.startsWith("ended")) == 1);
    assertThat(thrower.lines().getLast()).contains("planted");
    await().atMost(LONG).until(() -> other.has("members [2] joined [] left [1] NODE_DOWN"));
    assertThat(other.lines())
        .containsSubsequence("TRANSITIONAL {2}", "REGULAR {2}", "synchronised");
  }

  @Test
  void mistakesAreRefused() throws Exception {
    int port = freePort();
    assertThatThrownBy(() -> Ring.builder().node(1, "127.0.0.81").self(1).open())
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("key");
    assertThatThrownBy(() -> builder(3, 2, port).open())
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("not among the nodes");
    assertThatThrownBy(() -> builder(1, 2, port).clear().open())
        .isInstanceOf(OperatorException.class);
    assertThatThrownBy(() -> builder(1, 2, port).node(2, "127.0.0.89").open())
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("same id");
    open(1);
    Recorder recorder = new Recorder();
    assertThatThrownBy(() -> rings.get(0).join("", recorder))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rings.get(0).join("\u20ac", recorder))
        .isInstanceOf(IllegalArgumentException.class);
    RingGroup group = rings.get(0).join("g", recorder);
    byte[] tooLong = new byte[RingGroup.MESSAGE_MOST + 1];
    assertThatThrownBy(() -> send(group, tooLong)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> group.trySend(new byte[3], 1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
