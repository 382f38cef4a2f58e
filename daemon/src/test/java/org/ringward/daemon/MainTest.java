package org.ringward.daemon;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program with its exit codes. */
class MainTest {
  private record Ended(int exitCode, String output) {}

  @TempDir private Path folder;
  private Path config;
  private Path key;

  @BeforeEach
  void files() throws IOException {
    key = Files.write(folder.resolve("key"), new byte[128]);
    permit("r--------");
    config = folder.resolve("ringward.yaml");
    writeConfig(15_477, folder.resolve("state"));
  }

  private void permit(String permissions) throws IOException {
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));
  }

  private void writeConfig(int port, Path state) throws IOException {
    Files.writeString(
        config,
        """
        cluster: test
        node: n1
        nodes: [{name: n1, id: 1, address: 127.0.0.93}]
        totem: {port: %d}
        paths: {key_file: %s, state_dir: %s, run_dir: %s, socket: %s}
        """
            .formatted(port, key, state, folder.resolve("run"), folder.resolve("socket")));
  }

  private static Ended run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("org.ringward.daemon.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private void refused(int exitCode, String sentence, String... arguments) throws Exception {
    Ended ended = run(arguments);
    assertThat(ended.output()).startsWith("ringward daemon: ").contains(sentence).hasLineCount(1);
    assertThat(ended.exitCode()).isEqualTo(exitCode);
  }

  private String[] daemon() {
    return new String[] {"--config", config.toString()};
  }

  @Test
  void checksANodeFileWithoutStarting() throws Exception {
    Ended ended = run("--check-config", config.toString());
    assertThat(ended)
        .isEqualTo(new Ended(0, config + ": node n1, one of 1 nodes of cluster test\n"));
    assertThat(folder.resolve("state")).doesNotExist();
    Files.writeString(config, "clutser: x\n");
    refused(78, config + ":1: unknown key \"clutser\"", "--check-config", config.toString());
  }

  @Test
  void checksACorosyncConf() throws Exception {
    Files.writeString(
        config,
        """
        totem {
          version: 2
          cluster_name: test
          colour: red
        }
        nodelist {
          node {
            ring0_addr: 127.0.0.1
            nodeid: 1
          }
        }
        """);
    Ended ended = run("--check-config", config.toString());
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.output())
        .isEqualTo(
            config
                + ":4: unknown key \"colour\" in totem has no effect\n"
                + config
                + ": node node1, one of 1 nodes of cluster test\n");
  }

  @Test
  void wrongArgumentsAreRefused() throws Exception {
    refused(64, "unknown argument \"--colour\"; allowed: --config", "--colour");
    refused(64, "--config needs a file name", "--config");
    assertThat(run("--help").output()).contains("usage: ringward daemon");
  }

  @Test
  void missingAndUnreadableFilesAreRefused() throws Exception {
    refused(66, "configuration file /nowhere.yaml does not exist", "--config", "/nowhere.yaml");
    Files.write(config, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    refused(78, "is not UTF-8", daemon());
  }

  @Test
  void anOpenOrMissingKeyIsRefused() throws Exception {
    permit("r--r--r--");
    refused(78, "key file " + key + " is open to others (r--r--r--)", daemon());
    Files.delete(key);
    refused(66, "key file " + key + " does not exist", daemon());
  }

  @Test
  void aPortInUseIsRefused() throws Exception {
    InetSocketAddress place = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.93"), 0);
    try (DatagramSocket taken = new DatagramSocket(place)) {
      writeConfig(taken.getLocalPort(), folder.resolve("state"));
      refused(71, "UDP 127.0.0.93 port " + taken.getLocalPort() + " is in use", daemon());
    }
  }

  @Test
  void aStateDirectoryInTheWrongPlaceIsRefused() throws Exception {
    writeConfig(15_477, key.resolve("state"));
    refused(73, "the state directory " + key.resolve("state") + " cannot be used", daemon());
  }

  private String ask(String json) throws IOException {
    Path socket = folder.resolve("socket");
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      byte[] bytes = json.getBytes(UTF_8);
      channel.write(ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).flip());
      DataInputStream reply = new DataInputStream(Channels.newInputStream(channel));
      return new String(reply.readNBytes(reply.readInt()), UTF_8);
    }
  }

  /** Timers, a link and the key change while the daemon runs. */
  private void reload() throws Exception {
    assertThat(ask("{\"verb\": \"ring_status\"}"))
        .contains("\"type\":\"ring\"", "\"state\":\"operational\"", "\"token\":400,");
    String before = Files.readString(config);
    Files.writeString(config, before.replace("totem: {", "totem: {token: soon, "));
    assertThat(ask("{\"verb\": \"ring_reload\"}"))
        .contains("\"exitCode\":78", "totem.token is \\\"soon\\\"");
    Files.writeString(config, before.replace("127.0.0.93", "127.0.0.93, ring3_addr: 192.0.2.1"));
    assertThat(ask("{\"verb\": \"ring_reload\"}"))
        .contains("\"exitCode\":78", "nothing is changed: UDP 192.0.2.1 port");
    Files.writeString(
        config,
        before
            .replace("127.0.0.93", "127.0.0.93, ring3_addr: 127.0.0.94")
            .replace("totem: {", "totem: {token: 900, "));
    permit("rw-------");
    Files.write(key, new byte[(int) Files.size(key) + 1]);
    assertThat(ask("{\"verb\": \"ring_reload\"}"))
        .contains("\"exitCode\":0", "totem.interface: link 3 is new; totem.token: 400 -> 900")
        .contains("another shared key");
    assertThat(ask("{\"verb\": \"ring_status\"}")).contains("\"token\":900,", "127.0.0.94");
    assertThat(ask("{\"verb\": \"ring_links\"}")).contains("\"type\":\"links\"", "\"links\":[]");
    Files.writeString(config, before);
    await()
        .atMost(30, TimeUnit.SECONDS)
        .until(() -> ask("{\"verb\": \"ring_reload\"}").contains("link 3 is gone"));
  }

  /** One life of a node that is alone: it answers, is the only one, and ends when it is told to. */
  private void live() throws Exception {
    Process process = start(daemon());
    try {
      await()
          .atMost(60, TimeUnit.SECONDS)
          .ignoreExceptions()
          .until(() -> ask("{\"verb\": \"status\"}").contains("\"quorate\":true"));
      refused(69, "another daemon runs with the state directory", daemon());
      reload();
      process.toHandle().destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      String log = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(log).contains("signal TERM").contains("the daemon ends:");
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aNodeLivesEndsAndLivesAgain() throws Exception {
    InetSocketAddress place = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.93"), 0);
    try (DatagramSocket free = new DatagramSocket(place)) {
      writeConfig(free.getLocalPort(), folder.resolve("state"));
    }
    live();
    assertThat(folder.resolve("socket")).doesNotExist();
    assertThat(folder.resolve("state/decisions.jsonl")).isNotEmptyFile();
    live();
    Files.write(folder.resolve("state/ringid"), new byte[3]);
    refused(65, "ringid is damaged: it has 3 bytes instead of 8", daemon());
  }
}
