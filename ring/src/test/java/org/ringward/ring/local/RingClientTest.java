package org.ringward.ring.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.ringward.ring.Exchange.awaitMembers;
import static org.ringward.ring.Exchange.message;
import static org.ringward.ring.Exchange.send;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.group.GroupChange;
import org.ringward.core.port.RingIds;
import org.ringward.ring.Recorder;
import org.ringward.ring.RingException;
import org.ringward.ring.RingGroup;
import org.ringward.ring.RingListener;
import org.ringward.ring.RingRuntime;
import org.ringward.ring.queue.LittleEndian;

@Timeout(120)
class RingClientTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<ServedRing> rings = new ArrayList<>();
  private final List<RingClient> clients = new ArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(RingClient::close);
    rings.forEach(ServedRing::close);
  }

  private static final class Remembered implements RingIds {
    private final AtomicLong last = new AtomicLong();

    @Override
    public long load() {
      return last.get();
    }

    @Override
    public void store(long ringSequence) {
      last.set(ringSequence);
    }
  }

  private Path socket(int node) {
    return folder.resolve(node + ".sock");
  }

  private static NodeSettings settings(int self, int nodes, int port) {
    StringBuilder text = new StringBuilder("cluster: test\nnodes:\n");
    for (int id = 1; id <= nodes; id++) {
      text.append("  - {name: n%d, id: %d, address: 127.0.0.%d}\n".formatted(id, id, 70 + id));
    }
    text.append("totem: {transport: knet, port: ").append(port).append("}\n");
    return NodeSettingsYaml.read("test", text.toString(), "n" + self);
  }

  private void open(int nodes) throws IOException {
    int port;
    try (DatagramSocket free =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.71"), 0))) {
      port = free.getLocalPort();
    }
    for (int self = 1; self <= nodes; self++) {
      ServedRing ring =
          ServedRing.open(
              settings(self, nodes, port),
              new byte[128],
              new RingRuntime.Surroundings(
                  new Remembered(), (_, text) -> log.add(text), (_, _) -> {}),
              RingRuntime.Source.NONE,
              socket(self));
      ring.runtime().start();
      rings.add(ring);
    }
  }

  private RingClient connect(int node) {
    RingClient client = RingClient.connect(socket(node));
    clients.add(client);
    return client;
  }

  private static int size(int number) {
    return number % 400 == 399 ? 1_500_000 : number % 10 == 9 ? 5000 : 4 + number % 300;
  }

  @Test
  void clientsOfThreeNodesDeliverTheSameMessagesInOneOrder() throws Exception {
    open(3);
    int each = 1200;
    List<Recorder> recorders = List.of(new Recorder(), new Recorder(), new Recorder());
    List<RingGroup> groups = new ArrayList<>();
    for (int node = 1; node <= 3; node++) {
      RingClient client = connect(node);
      assertThat(client.nodeId()).isEqualTo(node);
      groups.add(client.join("g", recorders.get(node - 1)));
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
    for (int node = 1; node <= 3; node++) {
      String prefix = "message " + node + " ";
      Recorder expected = new Recorder();
      for (int number = 0; number < each; number++) {
        byte[] bytes = message(number, size(number));
        expected.delivered(node, 0, bytes, 0, bytes.length);
      }
      assertThat(recorders.get(0).messages().stream().filter(line -> line.startsWith(prefix)))
          .isEqualTo(expected.messages());
    }
    assertThat(clients.get(0).status().members().size()).isEqualTo(3);
    assertThat(clients.get(0).status().synchronised()).isTrue();
    assertThat(clients.get(0).status().counters()).containsKey("group-messages-queued");
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
  void clientsSeeConfigurationsAndTheEndOfTheirRing() throws Exception {
    open(3);
    List<Recorder> recorders = List.of(new Recorder(), new Recorder(), new Recorder());
    for (int node = 1; node <= 3; node++) {
      connect(node).join("g", recorders.get(node - 1));
    }
    awaitMembers("[1, 2, 3]", recorders);
    Recorder first = recorders.get(0);
    int before = first.lines().size();
    rings.get(2).leave();
    await()
        .atMost(LONG)
        .until(() ->
            first.lines().getLast().equals("synchronised") && first.lines().size() > before + 1);
    assertThat(first.lines().subList(before, first.lines().size()))
        .containsExactly(
            "TRANSITIONAL {1,2}",
            "REGULAR {1,2}",
            "members [1, 2] joined [] left [3] NODE_DOWN",
            "synchronised");
    Recorder third = recorders.get(2);
    await().atMost(LONG).until(() -> third.has("ended the ring has ended"));
    RingClient ended = clients.get(2);
    assertThatThrownBy(ended::status)
        .isInstanceOf(RingException.class)
        .hasMessageContaining("the ring has ended");
    assertThatThrownBy(() -> ended.join("h", third)).isInstanceOf(RingException.class);
    assertThatThrownBy(() -> RingClient.connect(socket(3))).isInstanceOf(RingException.class);
  }

  @Test
  void whatWasSentBeforeALeaveIsDeliveredAndAClientThatDiesIsOut() throws Exception {
    open(2);
    List<Recorder> recorders = List.of(new Recorder(), new Recorder());
    RingGroup leaving = connect(1).join("g", recorders.get(0));
    connect(2).join("g", recorders.get(1));
    awaitMembers("[1, 2]", recorders);
    assertThatThrownBy(() -> clients.get(0).join("g", new Recorder()))
        .isInstanceOf(RingException.class)
        .hasMessageContaining("already");
    for (int number = 0; number < 300; number++) {
      assertThat(send(leaving, message(number, 100))).isTrue();
    }
    leaving.leave();
    assertThatThrownBy(() -> send(leaving, new byte[1])).isInstanceOf(RingException.class);
    for (Recorder recorder : recorders) {
      await().atMost(LONG).until(() -> recorder.has("members [2] joined [] left [1] LEAVE"));
      assertThat(recorder.messages()).hasSize(300);
    }
    Recorder again = new Recorder();
    try (SocketChannel raw = raw(1)) {
      write(raw, LocalFrame.JOIN, 1, "g".getBytes(UTF_8));
      write(raw, LocalFrame.SEND, 1, message(1, 40));
      await().atMost(LONG).until(() -> recorders.get(1).messages().size() == 301);
    }
    await()
        .atMost(LONG)
        .until(() -> recorders.get(1).has("members [2] joined [] left [1] PROCESS_DOWN"));
    clients.get(0).join("g", again);
    awaitMembers("[1, 2]", List.of(again));
    clients.get(0).close();
    await()
        .atMost(LONG)
        .until(() ->
            recorders.get(1).count(line -> line.equals("members [2] joined [] left [1] LEAVE"))
                == 2);
  }

  private SocketChannel raw(int node) throws IOException {
    SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket(node)));
    byte[] hello = new byte[8];
    LittleEndian.putInt(hello, 0, LocalFrame.MAGIC);
    LittleEndian.putInt(hello, 4, LocalFrame.VERSION);
    write(channel, LocalFrame.HELLO, 0, hello);
    ByteBuffer head = ByteBuffer.allocate(LocalFrame.WELCOME_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    while (head.hasRemaining()) {
      assertThat(channel.read(head)).isPositive();
    }
    assertThat(head.getInt(LocalFrame.KIND)).isEqualTo(LocalFrame.WELCOME);
    return channel;
  }

  private static void write(SocketChannel channel, int kind, int number, byte[] content)
      throws IOException {
    ByteBuffer frame =
        ByteBuffer.allocate(LocalFrame.HEAD + content.length).order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(LocalFrame.HEAD + content.length).putInt(kind).putInt(number).put(content).flip();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  /** The text of ENDED, which everything before it is skipped for; null when it just hangs up. */
  private static @Nullable String end(SocketChannel channel) {
    try {
      while (true) {
        ByteBuffer head = ByteBuffer.allocate(LocalFrame.HEAD).order(ByteOrder.LITTLE_ENDIAN);
        if (!fill(channel, head)) {
          return null;
        }
        ByteBuffer content = ByteBuffer.allocate(head.getInt(0) - LocalFrame.HEAD);
        fill(channel, content);
        if (head.getInt(LocalFrame.KIND) == LocalFrame.ENDED) {
          return new String(content.array(), UTF_8);
        }
      }
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void hostileClientsAreHungUpOnAndTheOthersGoOn() throws Exception {
    open(1);
    Recorder recorder = new Recorder();
    RingGroup group = connect(1).join("g", recorder);
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      try (SocketChannel raw =
          round % 2 == 0 ? raw(1) : SocketChannel.open(UnixDomainSocketAddress.of(socket(1)))) {
        byte[] noise = new byte[random.nextInt(1, 5000)];
        random.nextBytes(noise);
        if (round % 4 < 2) {
          // A length that may be, so that the kind is what is wrong, or the number.
          LittleEndian.putInt(noise = new byte[64], 0, 12 + random.nextInt(0, 40));
          LittleEndian.putInt(noise, 4, random.nextInt(0, 30));
        }
        raw.write(ByteBuffer.wrap(noise));
      } catch (IOException e) {
        // It has hung up already.
      }
    }
    assertThat(endOf(4, message(0, 10), 100)).isNull();
    try (SocketChannel raw = raw(1)) {
      write(raw, 99, 0, new byte[0]);
      assertThat(end(raw)).contains("kind 99");
    }
    try (SocketChannel raw = raw(1)) {
      ByteBuffer huge = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      raw.write(huge.putInt(Integer.MAX_VALUE).putInt(LocalFrame.SEND).putInt(1).flip());
      assertThat(end(raw)).contains("2147483647 bytes");
    }
    try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(socket(1)))) {
      write(raw, LocalFrame.HELLO, 0, new byte[8]);
      assertThat(end(raw)).contains("version");
    }
    try (SocketChannel raw = raw(1)) {
      write(raw, LocalFrame.JOIN, 1, "h".getBytes(UTF_8));
      write(raw, LocalFrame.JOIN, 1, "i".getBytes(UTF_8));
      assertThat(end(raw)).contains("number 1");
    }
    assertThat(send(group, message(5, 20))).isTrue();
    await().atMost(LONG).until(() -> recorder.messages().size() == 1);
  }

  /** Messages without a group go nowhere, and do no harm. */
  private @Nullable String endOf(int kind, byte[] content, int times) throws IOException {
    try (SocketChannel raw = raw(1)) {
      for (int at = 0; at < times; at++) {
        write(raw, kind, 77, content);
      }
      raw.shutdownOutput();
      return end(raw);
    }
  }

  /** One that does not read is hung up on; the ring and the others do not wait for it. */
  @Test
  void aClientThatDoesNotReadIsHungUpOn() throws Exception {
    open(2);
    Recorder recorder = new Recorder();
    RingGroup group = connect(1).join("g", recorder);
    try (SocketChannel deaf = raw(2)) {
      write(deaf, LocalFrame.JOIN, 1, "g".getBytes(UTF_8));
      awaitMembers("[1, 2]", List.of(recorder));
      byte[] large = new byte[1024 * 1024];
      int sent = 0;
      while (!recorder.has("members [1] joined [] left [2] PROCESS_DOWN")) {
        assertThat(send(group, large)).isTrue();
        assertThat(++sent).isLessThan(500);
      }
      assertThat(sent).isGreaterThan(20);
      int all = sent;
      await().atMost(LONG).until(() -> recorder.messages().size() == all);
    }
  }

  /** One that reads, but slower than messages come, is waited for; that is said once. */
  @Test
  void aClientThatReadsSlowlyIsWaitedFor() throws Exception {
    open(2);
    Recorder recorder = new Recorder();
    RingGroup group = connect(1).join("g", recorder);
    try (SocketChannel slow = raw(2)) {
      write(slow, LocalFrame.JOIN, 1, "g".getBytes(UTF_8));
      awaitMembers("[1, 2]", List.of(recorder));
      slow.configureBlocking(false);
      ByteBuffer room = ByteBuffer.allocate(64 * 1024);
      byte[] large = new byte[1024 * 1024];
      for (int sent = 0; log.stream().noneMatch(line -> line.contains("reads slowly")); sent++) {
        assertThat(sent).isLessThan(500);
        assertThat(send(group, large)).isTrue();
        slow.read(room.clear());
      }
      for (int more = 0; more < 10; more++) {
        assertThat(send(group, large)).isTrue();
        slow.read(room.clear());
      }
      assertThat(log).filteredOn(line -> line.contains("reads slowly")).hasSize(1);
    }
  }

  @Test
  void aFullRingHoldsItsClientsBackAndLosesNothing() throws Exception {
    open(1);
    CountDownLatch letGo = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
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
    RingGroup group = connect(1).join("g", recorder);
    int accepted;
    try {
      accepted = sendUntilFull(group);
      assertThat(stuck.getCount()).isZero();
    } finally {
      letGo.countDown();
    }
    int all = accepted + 5000;
    for (int number = accepted; number < all; number++) {
      assertThat(send(group, message(number, 1000))).isTrue();
    }
    await().atMost(LONG).until(() -> recorder.messages().size() == all);
    List<String> messages = recorder.messages();
    for (int number = 0; number < all; number++) {
      assertThat(messages.get(number)).startsWith("message 1 #" + number + " 1000 ");
    }
  }

  private static int sendUntilFull(RingGroup group) throws InterruptedException {
    int accepted = 0;
    byte[] next = message(accepted, 1000);
    while (group.send(next, 0, next.length, 1, TimeUnit.SECONDS)) {
      accepted++;
      next = message(accepted, 1000);
      assertThat(accepted).isLessThan(50_000);
    }
    assertThat(accepted).isGreaterThan(200);
    assertThat(group.trySend(next, 0, next.length)).isFalse();
    return accepted;
  }

  @Test
  void aListenerMayTryToSendAndJoinButNotWait() throws Exception {
    open(1);
    RingClient client = connect(1);
    Recorder other = new Recorder();
    List<String> refusals = new ArrayList<>();
    RingListener listener =
        new RingListener() {
          @Override
          public void delivered(int node, int process, byte[] bytes, int offset, int length) {}

          @Override
          public void membershipChanged(GroupChange change) {
            RingGroup second = client.join("second", other);
            assertThat(second.trySend(message(5, 4), 0, 4)).isTrue();
            for (ThrowingCall call :
                List.<ThrowingCall>of(
                    () -> send(second, new byte[1]), client::status, client::close)) {
              try {
                call.run();
              } catch (IllegalStateException e) {
                refusals.add(String.valueOf(e.getMessage()));
              } catch (Exception e) {
                refusals.add("unexpected " + e);
              }
            }
          }
        };
    client.join("first", listener);
    await().atMost(LONG).until(() -> !other.messages().isEmpty());
    assertThat(refusals).hasSize(3).noneMatch(each -> each.startsWith("unexpected"));
  }

  /** The ring's thread, from a client's frames to clients' frames, once everything has grown. */
  @Test
  void theRingsThreadAllocatesNothingForAMessage() throws Exception {
    open(1);
    AtomicLong delivered = new AtomicLong();
    RingGroup group = connect(1).join("g", (_, _, _, _, _) -> delivered.incrementAndGet());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long ring = rings.get(0).runtime().thread().threadId();
    byte[] message = message(1, 200);
    int each = 20_000;
    long best = Long.MAX_VALUE;
    long deadline = System.nanoTime() + LONG.toNanos();
    for (int round = 1; best >= each && System.nanoTime() < deadline; round++) {
      long before = threads.getThreadAllocatedBytes(ring);
      for (int count = 0; count < each; count++) {
        assertThat(send(group, message)).isTrue();
      }
      long all = (long) round * each;
      await().atMost(LONG).until(() -> delivered.get() == all);
      best = Math.min(best, threads.getThreadAllocatedBytes(ring) - before);
    }
    // What the ring does once a second is no matter of messages.
    assertThat(best).as("bytes for " + each + " messages").isLessThan(each);
  }

  private interface ThrowingCall {
    void run() throws Exception;
  }

  @Test
  void aSocketInUseIsRefusedAndALeftoverReplaced() throws Exception {
    open(1);
    assertThatThrownBy(() -> open(1))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("another program serves");
    rings.get(0).close();
    Files.createFile(socket(1));
    rings.clear();
    open(1);
    assertThat(connect(1).nodeId()).isEqualTo(1);
  }
}
