package org.ringward.daemon.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real daemon that is alone in its cluster, with its page. */
@Timeout(120)
class WebDaemonTest {
  private static final String ADDRESS = "127.0.0.94";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();
  private @Nullable Process daemon;
  private String page = "";

  @BeforeEach
  void start() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral(ADDRESS))) {
      port = free.getLocalPort();
    }
    page = "http://" + ADDRESS + ":" + port;
    daemon =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                "--enable-native-access=ALL-UNNAMED",
                "org.ringward.daemon.Main",
                "--config",
                nodeFile(port).toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  private Path nodeFile(int page) throws IOException {
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
        realtime: no
        totem: {port: %d}
        web: {listen: "%s:%d"}
        paths: {key_file: %s, state_dir: %s, run_dir: %s, socket: %s}
        """
            .formatted(
                ADDRESS,
                port,
                ADDRESS,
                page,
                key,
                folder.resolve("state"),
                folder.resolve("run"),
                folder.resolve("socket")));
  }

  @AfterEach
  void end() {
    Process running = daemon;
    if (running != null) {
      running.destroyForcibly();
    }
  }

  private int status(String path) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(page + path)).build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0; // it does not listen yet
    }
  }

  @Test
  void servesWhatTheNodeShowsAndTellsOfItsEnd() throws Exception {
    await().atMost(LONG).until(() -> status("/health/quorate") == 200);
    assertThat(status("/health/live")).isEqualTo(200);
    assertThat(status("/health/coordinator")).isEqualTo(200);
    assertThat(status("/metrics")).isEqualTo(200);
    assertThat(status("/api/status")).isEqualTo(200);
    assertThat(status("/api/why?subject=nobody")).isEqualTo(404);
    HttpResponse<InputStream> events =
        client.send(
            HttpRequest.newBuilder(URI.create(page + "/api/events")).build(),
            BodyHandlers.ofInputStream());
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("event: snapshot");
      assertThat(lines.readLine()).contains("\"head\":{\"cluster\":\"test\",\"node\":\"n1\"");
      daemon.destroy();
      String line = lines.readLine();
      while (line != null && !line.equals("event: end")) {
        line = lines.readLine();
      }
      assertThat(line).isEqualTo("event: end");
    }
    assertThat(daemon.waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("log")))
        .contains("the page of this node is " + page + "/");
  }
}
