package org.ringward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong with the other side of the socket, each with a sentence. */
class ConnectionTest {
  @Test
  void noSocket(@TempDir Path folder) {
    assertFails(
        new Typed().run("status", "--socket", folder.resolve("none").toString()),
        102,
        "there is no such socket on this machine): start one with 'ringward daemon --config FILE'");
  }

  @Test
  void leftOverSocket(@TempDir Path folder) throws IOException {
    Path socket = folder.resolve("sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
    }
    assertFails(
        new Typed().run("status", "--socket", socket.toString()),
        102,
        "nobody listens there any more");
  }

  @Test
  void tooLongPath(@TempDir Path folder) {
    assertFails(
        new Typed().run("status", "--socket", folder.resolve("x".repeat(120)).toString()),
        64,
        "the system allows 107 bytes");
  }

  @Test
  void hangsUp() throws IOException {
    assertAnswer(new byte[0], 102, "ended before it answered");
    assertAnswer(new byte[] {0, 0, 0, 9, '{'}, 102, "ended before it answered");
  }

  @Test
  void noDaemonAtAll() throws IOException {
    assertAnswer(
        "SSH-2.0-hello".getBytes(StandardCharsets.US_ASCII),
        76,
        "impossible length (1397966893 bytes, at most 67108864)");
    assertAnswer(new byte[] {-1, -1, -1, -1}, 76, "impossible length (4294967295 bytes");
  }

  @Test
  void noJson() throws IOException {
    assertAnswer(new byte[] {0, 0, 0, 2, 'n', 'o'}, 76, "could not be understood");
    assertAnswer(
        frame("{\"exitCode\":0,\"message\":\"\",\"report\":{\"type\":\"poem\"}}"),
        76,
        "could not be understood");
  }

  @Test
  void anotherReportThanAskedFor() throws IOException {
    assertAnswer(
        frame("{\"exitCode\":0,\"message\":\"\",\"report\":null}"),
        76,
        "without the report that was asked for");
    assertAnswer(
        frame(
            "{\"exitCode\":0,\"message\":\"\",\"report\":{\"type\":\"timeline\",\"decisions\":[]}}"),
        76,
        "without the report that was asked for");
  }

  @Test
  void aNodeThatFindsItsRingIsAskedAgain() throws IOException {
    String notYet =
        "{\"exitCode\":69,\"message\":\"a is not in agreement with a cluster right now; try again soon\"}";
    try (FakeDaemon daemon = new FakeDaemon()) {
      daemon.replies(notYet).replies(notYet).replies("{\"exitCode\":0,\"message\":\"a leaves\"}");
      Typed typed = new Typed().run("shutdown", "--socket", daemon.socket());
      assertThat(typed.output()).contains("a leaves");
      assertThat(typed.exitCode()).isZero();
      assertThat(daemon.requests()).hasSize(3);
    }
    try (FakeDaemon daemon = new FakeDaemon()) {
      for (int each = 0; each < 9; each++) {
        daemon.replies(notYet);
      }
      Typed typed = new Typed().run("shutdown", "--timeout", "1s", "--socket", daemon.socket());
      assertThat(typed.errors()).contains("not in agreement");
      assertThat(typed.exitCode()).isEqualTo(69);
    }
  }

  @Test
  void silence() throws IOException {
    try (FakeDaemon daemon = new FakeDaemon()) {
      assertFails(
          new Typed().run("status", "--timeout", "1s", "--socket", daemon.socket()),
          124,
          "did not answer within 1 s");
    }
  }

  private static void assertAnswer(byte[] bytes, int exitCode, String sentence) throws IOException {
    try (FakeDaemon daemon = new FakeDaemon()) {
      daemon.repliesRaw(bytes);
      assertFails(new Typed().run("status", "--socket", daemon.socket()), exitCode, sentence);
    }
  }

  private static byte[] frame(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return java.nio.ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
  }

  private static void assertFails(Typed typed, int exitCode, String sentence) {
    assertThat(typed.errors()).contains("ringward: ").contains(sentence).doesNotContain("\tat ");
    assertThat(typed.exitCode()).isEqualTo(exitCode);
    assertThat(typed.output()).isEmpty();
  }
}
