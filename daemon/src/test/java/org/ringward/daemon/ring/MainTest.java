package org.ringward.daemon.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.ring.RingException;
import org.ringward.ring.RingGroup;
import org.ringward.ring.RingListener;
import org.ringward.ring.local.RingClient;

/** The real program of {@code ringward ring run}. */
@Timeout(120)
class MainTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("org.ringward.daemon.ring.Main");
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log" + processes.size()).toFile())
            .start();
    processes.add(process);
    return process;
  }

  private String log(int process) throws IOException {
    return Files.readString(folder.resolve("log" + process));
  }

  private Path nodeFile(int port) throws IOException {
    Path key = Files.write(folder.resolve("authkey"), new byte[128]);
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    return Files.writeString(
        folder.resolve("ringward.yaml"),
        """
        cluster: test
        node: n1
        nodes: [{name: n1, id: 1, address: 127.0.0.94}]
        totem: {port: %d}
        realtime: no
        paths: {key_file: %s, state_dir: %s, run_dir: %s, socket: %s}
        """
            .formatted(
                port,
                key,
                folder.resolve("state"),
                folder.resolve("run"),
                folder.resolve("control")));
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.94"), 0))) {
      return socket.getLocalPort();
    }
  }

  private RingClient connect() {
    await()
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(RingException.class)
        .until(() -> {
          RingClient.connect(folder.resolve("run/ring.sock")).close();
          return true;
        });
    return RingClient.connect(folder.resolve("run/ring.sock"));
  }

  @Test
  void servesClientsAndOperatorsAndLeavesWhenToldTo() throws Exception {
    Process ring = start("--config", nodeFile(freePort()).toString());
    List<String> told = new CopyOnWriteArrayList<>();
    RingListener listener =
        new RingListener() {
          @Override
          public void delivered(int node, int process, byte[] bytes, int offset, int length) {
            told.add(new String(bytes, offset, length, UTF_8));
          }

          @Override
          public void ended(String reason) {
            told.add(reason);
          }
        };
    try (RingClient client = connect()) {
      assertThat(client.process()).isEqualTo((int) ProcessHandle.current().pid());
      RingGroup group = client.join("g", listener);
      assertThat(group.send("hello".getBytes(UTF_8), 0, 5, 60, TimeUnit.SECONDS)).isTrue();
      await().atMost(LONG).until(() -> told.contains("hello"));
      assertThat(ask("{\"verb\": \"ring_status\"}")).contains("\"type\":\"ring\"", "operational");
      assertThat(ask("{\"verb\": \"status\"}")).contains("only the ring runs here");
      ring.toHandle().destroy();
      assertThat(ring.waitFor(60, TimeUnit.SECONDS)).isTrue();
      await().atMost(LONG).until(() -> told.contains("the ring has ended"));
    }
    assertThat(ring.exitValue()).isZero();
    assertThat(log(0)).contains("signal TERM: the node leaves the ring");
    assertThat(folder.resolve("run/ring.sock")).doesNotExist();
  }

  private String ask(String json) throws IOException {
    await().atMost(LONG).until(() -> Files.exists(folder.resolve("control")));
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("control")))) {
      byte[] bytes = json.getBytes(UTF_8);
      ByteBuffer request = ByteBuffer.allocate(4 + bytes.length);
      channel.write(request.putInt(bytes.length).put(bytes).flip());
      DataInputStream input = new DataInputStream(Channels.newInputStream(channel));
      return new String(input.readNBytes(input.readInt()), UTF_8);
    }
  }

  @Test
  void refusesWhatItDoesNotUnderstand() throws Exception {
    Process process = start("--colour", "red");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(64);
    assertThat(log(0)).startsWith("ringward ring run: unknown argument \"--colour\"");
    Process missing = start("--config", folder.resolve("nothing").toString());
    assertThat(missing.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(missing.exitValue()).isEqualTo(66);
  }
}
