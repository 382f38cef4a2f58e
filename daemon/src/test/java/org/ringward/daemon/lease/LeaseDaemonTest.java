package org.ringward.daemon.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.client.LeaseClient;
import org.ringward.client.LeaseException;
import org.ringward.client.LeaseHandle;
import org.ringward.client.LeaseListener;
import org.ringward.client.LeaseListener.LeftOver;
import org.ringward.client.Mode;

/** Programs and a real daemon, a cluster of its own. */
@Timeout(180)
class LeaseDaemonTest {
  private static final String ADDRESS = "127.0.0.95";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration LEASE = Duration.ofSeconds(2);

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void startDaemon() throws IOException {
    start(
        System.getProperty("java.home") + "/bin/java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx64m",
        "-cp",
        System.getProperty("java.class.path"),
        "--enable-native-access=ALL-UNNAMED",
        "org.ringward.daemon.Main",
        "--config",
        nodeFile().toString());
    await().atMost(LONG).until(() -> Files.exists(socket()));
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  private Process start(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log" + processes.size()).toFile())
            .start();
    processes.add(process);
    return process;
  }

  private Path nodeFile() throws IOException {
    Path key = Files.write(folder.resolve("authkey"), new byte[128]);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    int port;
    try (DatagramSocket free =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), 0))) {
      port = free.getLocalPort();
    }
    return Files.writeString(
        folder.resolve("ringward.yaml"),
        """
        cluster: test
        node: n1
        nodes: [{name: n1, id: 1, address: %s}]
        totem: {port: %d}
        realtime: no
        paths: {key_file: %s, state_dir: %s, run_dir: %s, socket: %s}
        """
            .formatted(
                ADDRESS,
                port,
                key,
                folder.resolve("state"),
                folder.resolve("run"),
                folder.resolve("control")));
  }

  private Path socket() {
    return folder.resolve("run").resolve(LeaseServer.SOCKET);
  }

  private LeaseClient connect() {
    return LeaseClient.connect(socket());
  }

  /** Notes what it hears. */
  private static final class Ear implements LeaseListener {
    final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void peer(PeerChange change, String node, long token) {
      heard.add(change + " " + node);
    }

    @Override
    public void recover(boolean yours, LeftOver left) {
      heard.add((yours ? "recover " : "others recover ") + left.token() + " " + left.proof());
    }

    @Override
    public void resume() {
      heard.add("resume");
    }

    @Override
    public void lost(long untilNanos, String why) {
      heard.add("lost " + why);
    }
  }

  private static LeaseHandle held(LeaseClient client, Mode mode, LeaseListener listener)
      throws InterruptedException {
    LeaseHandle handle = client.open("db", mode, LEASE, listener);
    assertThat(handle.awaitHeld(LONG)).isTrue();
    return handle;
  }

  @Test
  void anExclusiveLeaseGoesFromOneToTheNext() throws InterruptedException {
    try (LeaseClient one = connect();
        LeaseClient two = connect()) {
      assertThat(one.node()).isEqualTo("n1");
      LeaseHandle first = held(one, Mode.EXCLUSIVE, new Ear());
      LeaseHandle second = two.open("db", Mode.EXCLUSIVE, LEASE, new Ear());
      // Longer than a lease: it is renewed.
      assertThat(second.awaitHeld(LEASE.multipliedBy(2))).isFalse();
      assertThat(first.mayUse()).isTrue();
      assertThat(second.mayUse()).isFalse();

      first.release(true);

      assertThat(second.awaitHeld(LONG)).isTrue();
      assertThat(second.token()).isGreaterThan(first.token());
      assertThat(second.toRecover()).isEmpty();
    }
  }

  @Test
  void whoLosesItsAccessIsSucceededByItsPeerAndComesBack() throws InterruptedException {
    Ear ear = new Ear();
    try (LeaseClient one = connect();
        LeaseClient two = connect()) {
      LeaseHandle first = held(one, Mode.SHARED, new Ear());
      LeaseHandle second = held(two, Mode.SHARED, ear);
      long lost = first.token();

      first.readOnly("the disk is gone");

      await().atMost(LONG).until(() -> !second.toRecover().isEmpty());
      assertThat(second.toRecover().getFirst().proof()).contains("the disk is gone");
      assertThat(first.mayUse()).isFalse();
      second.recovered(lost);
      await().atMost(LONG).until(() -> ear.heard.contains("resume"));
      first.online();
      assertThat(first.awaitHeld(LONG)).isTrue();
      assertThat(first.token()).isGreaterThan(second.token());
      assertThat(ear.heard).contains("READ_ONLY n1", "JOINED n1");
    }
  }

  @Test
  void aTokenOfWhichNothingIsLeftChangesNothing() throws InterruptedException {
    Ear ear = new Ear();
    try (LeaseClient one = connect();
        LeaseClient two = connect()) {
      LeaseHandle first = held(one, Mode.SHARED, new Ear());
      LeaseHandle second = held(two, Mode.SHARED, ear);
      long old = first.token();
      first.release(true);
      LeaseHandle third = held(one, Mode.SHARED, new Ear());
      long left = third.token();
      third.readOnly("the disk is gone");
      await().atMost(LONG).until(() -> !second.toRecover().isEmpty());

      second.recovered(old);
      second.recovered(second.token());
      second.recovered(left + 1000);

      // Said after them on the same connection, and in the same order of the ring.
      assertThat(two.open("marker", Mode.EXCLUSIVE, LEASE, new Ear()).awaitHeld(LONG)).isTrue();
      assertThat(second.toRecover()).extracting(LeftOver::token).containsExactly(left);
      assertThat(ear.heard).doesNotContain("resume");
      assertThat(second.mayUse()).isTrue();
      second.recovered(left);
      await().atMost(LONG).until(() -> ear.heard.contains("resume"));
    }
  }

  @Test
  void whatAProgramHeldThatHungUpIsGivenWhenItsLeaseIsOver() throws InterruptedException {
    try (LeaseClient two = connect()) {
      LeaseClient one = connect();
      LeaseHandle first = held(one, Mode.EXCLUSIVE, new Ear());
      Ear ear = new Ear();
      LeaseHandle second = two.open("db", Mode.EXCLUSIVE, LEASE, ear);
      one.close();
      long expiry = first.expiryNanos();
      assertThat(first.over()).isNotNull();

      assertThat(second.awaitHeld(LONG)).isTrue();

      assertThat(System.nanoTime()).isGreaterThan(expiry);
      assertThat(ear.heard)
          .contains("recover " + first.token() + " its program is gone, and its lease has run out");
    }
  }

  @Test
  void aDaemonThatIsKilledIsNoticed() throws InterruptedException {
    Ear ear = new Ear();
    try (LeaseClient one = connect()) {
      LeaseHandle lease = held(one, Mode.SHARED, ear);
      processes.getFirst().destroyForcibly();
      assertThat(lease.awaitOver(LONG)).isTrue();
      // Whoever waits may know it a moment before the listener has been told.
      await()
          .untilAsserted(
              () -> assertThat(ear.heard).anyMatch(each -> each.startsWith("lost the ")));
    }
  }

  @Test
  void nonsenseIsAnsweredWithASentenceAndNothingElseSuffers() throws Exception {
    try (LeaseClient good = connect()) {
      LeaseHandle lease = held(good, Mode.SHARED, new Ear());
      assertThat(Stranger.ends(socket(), ByteBuffer.allocate(7))).isEmpty();
      hears("kind 99", frame(99, 0));
      hears("another protocol", frame(1, 8));
      hears(
          "4294967295 bytes", ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, 1, 0, 0, 0, 0, 0, 0, 0}));
      hears("kind 3", frame(3, 0));
      assertThatThrownBy(() -> good.open("a b", Mode.SHARED, LEASE, new Ear()).awaitHeld(LONG))
          .isInstanceOf(LeaseException.class)
          .hasMessageContaining("name");
      assertThatThrownBy(
              () -> good.open("db", Mode.SHARED, Duration.ofMillis(5), new Ear()).awaitHeld(LONG))
          .hasMessageContaining("lease");
      long now = System.nanoTime();
      await().atMost(LONG).until(() -> lease.expiryNanos() - now > LEASE.toNanos());
      assertThat(lease.mayUse()).isTrue();
    }
  }

  private static ByteBuffer frame(int kind, int content) {
    return ByteBuffer.allocate(12 + content)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(12 + content)
        .putInt(kind)
        .rewind();
  }

  private void hears(String that, ByteBuffer words) throws IOException {
    assertThat(Stranger.hears(socket(), that, words)).contains(that);
  }

  /** The example in docs/leases.md's format, in another language. */
  @Test
  void theExampleInPythonSpeaksTheProtocol() throws Exception {
    Path example = Path.of(System.getProperty("ringward.root"), "dist/examples/lease.py");
    try (LeaseClient client = connect()) {
      LeaseHandle mine = held(client, Mode.SHARED, new Ear());
      Process python =
          start("python3", example.toString(), socket().toString(), "db", "shared", "2", "3");
      Path log = folder.resolve("log1");
      await().atMost(LONG).until(() -> Files.readString(log).contains("held"));
      mine.release(false);
      assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(log))
          .contains(
              "node n1", "waits:", "peer joined n1", "recover yours n1", "resume", "released");
      assertThat(python.exitValue()).isZero();
    }
    Process refused =
        start("python3", example.toString(), socket().toString(), "a b", "shared", "2", "3");
    assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(refused.exitValue()).isEqualTo(2);
  }
}
