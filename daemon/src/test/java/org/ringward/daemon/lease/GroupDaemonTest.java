package org.ringward.daemon.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.client.Election;
import org.ringward.client.ElectionListener;
import org.ringward.client.GroupChange;
import org.ringward.client.GroupHandle;
import org.ringward.client.GroupListener;
import org.ringward.client.GroupMember;
import org.ringward.client.GroupMessage;
import org.ringward.client.LeaseClient;
import org.ringward.client.LeaseException;

/** Programs that talk in groups, on three real daemons. */
@Timeout(240)
@TestInstance(Lifecycle.PER_CLASS)
class GroupDaemonTest {
  private static final int NODES = 3;
  private static final String ADDRESS = "127.0.0.10%d";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration LEASE = Duration.ofSeconds(2);

  @TempDir private static Path folder;
  private final List<Process> daemons = new ArrayList<>();
  private final List<Process> programs = new ArrayList<>();
  private int port;

  @BeforeAll
  void startDaemons() throws IOException {
    try (DatagramSocket free =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS.formatted(1)), 0))) {
      port = free.getLocalPort();
    }
    for (int node = 1; node <= NODES; node++) {
      Files.createDirectories(folder.resolve("n" + node));
      daemons.add(startDaemon(node));
    }
    for (int node = 1; node <= NODES; node++) {
      Path socket = socket(node);
      await().atMost(LONG).until(() -> Files.exists(socket));
    }
  }

  @AfterAll
  void endAll() {
    daemons.forEach(Process::destroyForcibly);
    programs.forEach(Process::destroyForcibly);
  }

  private Path socket(int node) {
    return folder.resolve("n" + node).resolve("run").resolve(LeaseServer.SOCKET);
  }

  private Process startDaemon(int node) throws IOException {
    return start(
        folder.resolve("n" + node).resolve("log"),
        System.getProperty("java.home") + "/bin/java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx64m",
        "-cp",
        System.getProperty("java.class.path"),
        "--enable-native-access=ALL-UNNAMED",
        "org.ringward.daemon.Main",
        "--config",
        nodeFile(node).toString());
  }

  private static Process start(Path log, String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private Path nodeFile(int node) throws IOException {
    Path own = folder.resolve("n" + node);
    Path key = own.resolve("authkey");
    if (Files.notExists(key)) {
      Files.write(key, new byte[128]);
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    }
    StringBuilder nodes = new StringBuilder();
    for (int each = 1; each <= NODES; each++) {
      nodes.append(
          "  - {name: n%d, id: %d, address: %s}\n".formatted(each, each, ADDRESS.formatted(each)));
    }
    return Files.writeString(
        own.resolve("ringward.yaml"),
        """
        cluster: test
        node: n%d
        nodes:
        %stotem: {port: %d}
        realtime: no
        paths: {key_file: %s, state_dir: %s, run_dir: %s, socket: %s}
        """
            .formatted(
                node,
                nodes,
                port,
                key,
                own.resolve("state"),
                own.resolve("run"),
                own.resolve("control")));
  }

  /** Notes what it hears, in a form that is the same for all. */
  private static final class Ear implements GroupListener {
    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void members(List<GroupMember> members, List<GroupChange> changes) {
      heard.add(
          members.stream().map(GroupMember::node).toList()
              + changes.stream()
                  .map(each -> " " + each.member().node() + " " + each.reason())
                  .reduce("", String::concat));
    }

    @Override
    public void message(GroupMessage message) {
      heard.add(message.from() + " " + new String(message.bytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void out(String why) {
      heard.add("out " + why);
    }
  }

  private static GroupHandle joined(LeaseClient client, String group, GroupListener listener)
      throws InterruptedException {
    GroupHandle handle = client.join(group, listener);
    assertThat(handle.awaitJoined(LONG)).isTrue();
    return handle;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void allHearEverythingInOneOrder() throws InterruptedException {
    Ear first = new Ear();
    Ear second = new Ear();
    try (LeaseClient one = LeaseClient.connect(socket(1));
        LeaseClient two = LeaseClient.connect(socket(2));
        LeaseClient three = LeaseClient.connect(socket(3))) {
      GroupHandle a = joined(one, "order", first);
      GroupHandle b = joined(two, "order", second);
      GroupHandle c = three.join("order");
      assertThat(c.awaitJoined(LONG)).isTrue();
      for (int i = 0; i < 100; i++) {
        assertThat(a.send(bytes("a" + i), LONG)).isTrue();
        assertThat(b.send(bytes("b" + i), LONG)).isTrue();
        assertThat(c.send(new byte[GroupHandle.MESSAGE_MOST], LONG)).isTrue();
      }
      await().atMost(LONG).until(() -> first.heard.size() == 303 && second.heard.size() == 302);
      assertThat(first.heard.subList(0, 3))
          .containsExactly("[n1] n1 JOINED", "[n1, n2] n2 JOINED", "[n1, n2, n3] n3 JOINED");
      assertThat(second.heard).isEqualTo(first.heard.subList(1, 303));
      assertThat(a.unconfirmed()).isZero();
      for (int i = 0; i < 300; i++) {
        assertThat(c.take(LONG)).isNotNull();
      }
      b.leave();
      await().atMost(LONG).until(() -> first.heard.contains("[n1, n3] n2 LEFT"));
      await().atMost(LONG).until(() -> b.over() != null);
      assertThatThrownBy(() -> b.send(bytes("late"), LONG)).isInstanceOf(LeaseException.class);
    }
    assertThat(first.heard.getLast()).isEqualTo("out the client is closed");
  }

  @Test
  void whoIsKilledIsGoneForAllAtOnePlaceOfTheOrder() throws Exception {
    Ear first = new Ear();
    Ear second = new Ear();
    Ear third = new Ear();
    try (LeaseClient one = LeaseClient.connect(socket(1));
        LeaseClient two = LeaseClient.connect(socket(2));
        LeaseClient three = LeaseClient.connect(socket(3))) {
      GroupHandle a = joined(one, "loss", first);
      GroupHandle b = joined(two, "loss", second);
      GroupHandle c = joined(three, "loss", third);
      c.send(bytes("last word"), LONG);
      await().atMost(LONG).until(() -> c.unconfirmed() == 0);

      daemons.get(2).destroyForcibly();
      for (int i = 0; i < 20; i++) {
        a.send(bytes("a" + i), LONG);
        b.send(bytes("b" + i), LONG);
      }

      await().atMost(LONG).until(() -> a.unconfirmed() == 0 && b.unconfirmed() == 0);
      await().atMost(LONG).until(() -> c.over() != null);
      assertThat(first.heard).contains("[n1, n2] n3 NODE_LOST", c.id() + " last word");
      await()
          .atMost(LONG)
          .until(() -> second.heard.equals(first.heard.subList(1, first.heard.size())));
      assertThat(third.heard.getLast()).startsWith("out the ");
      daemons.set(2, startDaemon(3));
      await().atMost(LONG).until(this::thirdIsBack);
      try (LeaseClient again = LeaseClient.connect(socket(3))) {
        assertThat(joined(again, "loss", new Ear()).members())
            .extracting(GroupMember::node)
            .containsExactly("n1", "n2", "n3");
      }
      await().atMost(LONG).until(() -> first.heard.contains("[n1, n2] n3 GONE"));
    }
  }

  private boolean thirdIsBack() {
    try (LeaseClient client = LeaseClient.connect(socket(3))) {
      return client.node().equals("n3");
    } catch (LeaseException e) {
      return false;
    }
  }

  @Test
  void onlyOneLeadsAndTheNextTermIsLarger() throws InterruptedException {
    List<String> told = new CopyOnWriteArrayList<>();
    ElectionListener listener =
        new ElectionListener() {
          @Override
          public void deposed(long untilNanos, String why) {
            told.add(why);
          }
        };
    LeaseClient one = LeaseClient.connect(socket(1));
    try (LeaseClient two = LeaseClient.connect(socket(2))) {
      Election first = one.elect("captain", LEASE, listener);
      assertThat(first.awaitElected(LONG)).isTrue();
      Election second = two.elect("captain", LEASE, listener);
      assertThat(second.awaitElected(LEASE)).isFalse();
      assertThat(first.isLeader()).isTrue();
      assertThat(second.isLeader()).isFalse();
      one.close();
      assertThat(told).containsExactly("the client is closed");
      assertThat(first.isLeader()).isFalse();
      assertThat(second.awaitElected(LONG)).isTrue();
      assertThat(second.term()).isGreaterThan(first.term());
    }
  }

  @Test
  void whoAsksForTooMuchIsRefusedAndNobodyElseSuffers() throws Exception {
    Ear ear = new Ear();
    try (LeaseClient good = LeaseClient.connect(socket(1))) {
      GroupHandle handle = joined(good, "calm", ear);
      hears("letters", hello(), frame(8, bytes("a b")));
      hears("no group", hello(), frame(10, bytes("x")));
      hears("no claim", hello(), frame(9, bytes("")));
      hears("kind 10 and 65549 bytes", hello(), frame(10, new byte[GroupHandle.MESSAGE_MOST + 1]));
      // Empty messages: each is accounted with more than it has bytes, so no ring keeps up with
      // them.
      ByteBuffer flood = ByteBuffer.allocate(8 << 20).order(ByteOrder.LITTLE_ENDIAN);
      flood.put(hello()).put(frame(8, bytes("flood")));
      ByteBuffer empty = frame(10, new byte[0]);
      while (flood.remaining() >= empty.capacity()) {
        flood.put(empty.rewind());
      }
      hears("wait for their place", flood.flip());
      assertThatThrownBy(() -> good.join("a b", new Ear()).awaitJoined(LONG))
          .isInstanceOf(LeaseException.class)
          .hasMessageContaining("letters");
      handle.send(bytes("still here"), LONG);
      await().atMost(LONG).until(() -> ear.heard.contains(handle.id() + " still here"));
    }
  }

  @Test
  void whoDoesNotReadIsHungUpOn() throws Exception {
    Ear ear = new Ear();
    try (LeaseClient good = LeaseClient.connect(socket(1));
        SocketChannel deaf = SocketChannel.open(UnixDomainSocketAddress.of(socket(2)))) {
      GroupHandle handle = joined(good, "loud", ear);
      deaf.write(hello());
      deaf.write(frame(8, bytes("loud")));
      await().atMost(LONG).until(() -> ear.heard.contains("[n1, n2] n2 JOINED"));
      for (int i = 0; i < 120 && !ear.heard.contains("[n1] n2 GONE"); i++) {
        handle.send(new byte[GroupHandle.MESSAGE_MOST], LONG);
      }
      await().atMost(LONG).until(() -> ear.heard.contains("[n1] n2 GONE"));
    }
  }

  private static ByteBuffer hello() {
    return ByteBuffer.allocate(20)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(20)
        .putInt(1)
        .putInt(0)
        .putInt(0x534C5752)
        .putInt(1)
        .flip();
  }

  private static ByteBuffer frame(int kind, byte[] content) {
    return ByteBuffer.allocate(12 + content.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(12 + content.length)
        .putInt(kind)
        .putInt(1)
        .put(content)
        .flip();
  }

  private void hears(String that, ByteBuffer... words) throws IOException {
    assertThat(Stranger.hears(socket(1), that, words)).contains(that);
  }

  /** The example in docs/leases.md's format, in another language. */
  @Test
  void theExampleInPythonSpeaksTheProtocol() throws Exception {
    Path example = Path.of(System.getProperty("ringward.root"), "dist/examples/group.py");
    List<Path> logs = new ArrayList<>();
    for (int node = 1; node <= 2; node++) {
      Path log = folder.resolve("python" + node);
      logs.add(log);
      programs.add(
          start(log, "python3", example.toString(), socket(node).toString(), "py", "2", "500"));
    }
    List<List<String>> heard = new ArrayList<>();
    for (Process program : programs) {
      assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
      List<String> lines = Files.readAllLines(logs.get(heard.size()));
      assertThat(program.exitValue()).as(String.join("\n", lines)).isZero();
      heard.add(lines.subList(lines.indexOf("begin"), lines.indexOf("end") + 1));
    }
    assertThat(heard.get(0)).hasSize(1002).isEqualTo(heard.get(1));
    Path log = folder.resolve("python3");
    Process refused =
        start(log, "python3", example.toString(), socket(1).toString(), "a b", "1", "1");
    assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(refused.exitValue()).isEqualTo(2);
  }
}
