package org.ringward.daemon.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.Decision;
import org.ringward.core.base.OperatorException;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.port.Journal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class WebServerTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final Journal SILENT =
      new Journal() {
        @Override
        public void decision(Decision decision) {}

        @Override
        public void log(Level level, String text) {}
      };

  @TempDir private Path folder;
  private final FakeNode node = new FakeNode();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private WebServer server;
  private int port;

  @BeforeEach
  void open() throws IOException {
    port = freePort();
    server = serve("127.0.0.1:" + port);
  }

  private WebServer serve(String listen) {
    return serve(listen, List.of("/bin/true"));
  }

  private WebServer serve(String listen, List<String> rehearsal) {
    return WebServer.open(
        settings(listen), folder, node, new Measures(SILENT), new RehearsalRun(rehearsal), SILENT);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static NodeSettings settings(String listen) {
    return NodeSettingsYaml.read(
        "node.yaml",
        """
        cluster: test
        node: a
        nodes: [{name: a, id: 1, address: 127.0.0.1}, {name: b, id: 2, address: 127.0.0.2}]
        web: {listen: "%s", names: [cluster.example.org]}
        """
            .formatted(listen),
        "a");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(20));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request = request("/api/ask").header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(
        request.POST(HttpRequest.BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private String token() throws IOException {
    return Files.readString(folder.resolve("web-token")).strip();
  }

  /** Sends bytes as they are and reads until the server hangs up, which may cut its answer. */
  private String raw(String text) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 5000);
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(text.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    } catch (SocketException e) {
      return "hung up";
    }
  }

  @Test
  void tokenIsMadeForItsOwnerOnly() throws Exception {
    Path file = folder.resolve("web-token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(token()).hasSizeGreaterThan(30);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> AccessToken.of(file))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("is open to others (rw-r-----)");
  }

  @Test
  void lookingNeedsNoTokenAndActingDoes() throws Exception {
    assertThat(get("/api/status").statusCode()).isEqualTo(200);
    String move = "{\"verb\":\"move\",\"author\":\"Ada\",\"options\":{\"resource\":\"web\"}}";
    HttpResponse<String> refused = post(move);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).contains("move needs the token of this node");
    assertThat(post(move, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(node.asked).extracting("verb").containsExactly(Verb.STATUS);
    assertThat(post(move, "Authorization", "Bearer " + token()).statusCode()).isEqualTo(200);
    assertThat(node.asked.getLast().verb()).isEqualTo(Verb.MOVE);
    assertThat(node.asked.getLast().author()).isEqualTo("page (on behalf of Ada)");
    assertThat(get("/api/session").body()).isEqualTo("{\"token\":false}");
    assertThat(get("/api/session", "Authorization", "Bearer " + token()).body())
        .isEqualTo("{\"token\":true}");
  }

  private HttpResponse<String> rehearse(int at, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + "/api/rehearse"))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void aRehearsalNeedsTheTokenAndSaysHowItEnded() throws Exception {
    assertThat(rehearse(port).statusCode()).isEqualTo(401);
    assertThat(get("/api/rehearse").statusCode()).isEqualTo(405);
    String[] right = {"Authorization", "Bearer " + token()};
    assertThat(rehearse(port, right).body()).contains("\"exitCode\":0");
    int other = freePort();
    String script = "echo no such file >&2; exit 66";
    try (WebServer _ = serve("127.0.0.1:" + other, List.of("/bin/sh", "-c", script))) {
      assertThat(rehearse(other, right).body())
          .contains("\"exitCode\":66", "the rehearsal failed with exit code 66: no such file");
    }
    int unknown = freePort();
    try (WebServer _ = serve("127.0.0.1:" + unknown, List.of())) {
      HttpResponse<String> answer = rehearse(unknown, right);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("run ringward rehearse on its machine");
    }
  }

  @Test
  void oneRehearsalAtATimeAndNoneOutlivesTheServer() throws Exception {
    int other = freePort();
    Path pid = folder.resolve("pid");
    String script = "echo $$ > " + pid + "; exec sleep 300";
    String[] right = {"Authorization", "Bearer " + token()};
    try (WebServer _ = serve("127.0.0.1:" + other, List.of("/bin/sh", "-c", script))) {
      Thread first = Thread.ofVirtual().start(() -> rehearseQuietly(other, right));
      await().until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());
      assertThat(rehearse(other, right).statusCode()).isEqualTo(409);
      assertThat(first.isAlive()).isTrue();
    }
    long process = Long.parseLong(Files.readString(pid).strip());
    await().until(() -> ProcessHandle.of(process).isEmpty());
  }

  private void rehearseQuietly(int at, String... headers) {
    try {
      rehearse(at, headers);
    } catch (Exception _) {
      // the server ends before it answers
    }
  }

  @Test
  void configurationNeedsTheToken() throws Exception {
    assertThat(get("/api/configuration").statusCode()).isEqualTo(401);
    assertThat(get("/api/configuration", "Authorization", "Bearer " + token()).body())
        .contains("resources: []");
  }

  @Test
  void whatOverrulesANodeIsNotDoneFromAPage() throws Exception {
    HttpResponse<String> refused =
        post("{\"verb\":\"quorum_force\"}", "Authorization", "Bearer " + token());
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("use the command line on the node");
    assertThat(node.asked).isEmpty();
  }

  @Test
  void tokenInAnAddressIsRefused() throws Exception {
    assertThat(get("/api/status?token=abc").statusCode()).isEqualTo(400);
    assertThat(get("/api/status?x=1&access_token=abc").statusCode()).isEqualTo(400);
    assertThat(get("/" + token()).body()).contains("does not belong into an address");
    assertThat(node.asked).isEmpty();
  }

  @Test
  void foreignHostsAndOriginsAreRefused() throws Exception {
    assertThat(raw("GET /api/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421")
        .contains("this node is not called 'evil.example'");
    for (String own : List.of("cluster.example.org", "B:7630", "[::1]:80", "10.1.2.3")) {
      assertThat(raw("GET /api/session HTTP/1.1\r\nHost: " + own + "\r\nConnection: close\r\n\r\n"))
          .startsWith("HTTP/1.1 200");
    }
    assertThat(raw("GET /api/session HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
    assertThat(get("/api/status", "Origin", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(get("/api/status", "Origin", "http://127.0.0.1:" + port).statusCode())
        .isEqualTo(200);
    String ask = "{\"verb\":\"status\"}";
    assertThat(post(ask, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
  }

  @Test
  void pathsThatLeadElsewhereAreRefused() throws Exception {
    for (String path : List.of("/../etc/passwd", "/%2e%2e/x", "//x", "/page/./x", "/a%00b")) {
      String answer = raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertThat(answer).as(path).matches("(?s)HTTP/1.1 40[04].*");
    }
    assertThat(get("/web-token").statusCode()).isEqualTo(404);
    assertThat(get("/files.txt").statusCode()).isEqualTo(404);
  }

  @Test
  void largeRequestsAreRefused() throws Exception {
    String long_ = "x".repeat(3000);
    assertThat(get("/" + long_).statusCode()).isEqualTo(414);
    assertThat(post("{\"verb\":\"" + "x".repeat(1 << 20) + "\"}").statusCode()).isEqualTo(413);
    String headers = ("X-A: " + "y".repeat(1000) + "\r\n").repeat(40);
    assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n"))
        .doesNotContain("200 OK")
        .isNotNull();
  }

  @Test
  void wrongMethodsAndBodiesAreRefused() throws Exception {
    assertThat(get("/api/ask").statusCode()).isEqualTo(405);
    assertThat(get("/api/move").statusCode()).isEqualTo(405);
    assertThat(get("/api/what").statusCode()).isEqualTo(404);
    assertThat(post("no json").statusCode()).isEqualTo(400);
    assertThat(post("{\"verb\":\"dance\"}").body()).contains("unknown verb");
    HttpRequest plain = request("/api/ask").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    assertThat(client.send(plain, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
  }

  @Test
  void slowRequestIsCutOff() throws Exception {
    long began = System.nanoTime();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ".getBytes(UTF_8));
      out.flush();
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void slowBodyIsCutOff() throws Exception {
    long began = System.nanoTime();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      String head = "POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
      socket.getOutputStream().write((head + "Content-Length: 900\r\n\r\n{").getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .doesNotContain("200 OK");
    } catch (SocketException _) {
      // cut off in the hard way
    }
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    assertThat(node.asked).isEmpty();
  }

  @Test
  void endlessBodyIsCutOff() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      OutputStream out = socket.getOutputStream();
      String head = "POST /api/ask HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
      out.write((head + "Transfer-Encoding: chunked\r\n\r\n").getBytes(UTF_8));
      byte[] chunk = ("10000\r\n" + "x".repeat(65_536) + "\r\n").getBytes(UTF_8);
      assertThatThrownBy(
              () -> {
                for (int count = 0; count < 10_000; count++) {
                  out.write(chunk);
                }
              })
          .isInstanceOf(SocketException.class);
    }
    assertThat(node.asked).isEmpty();
    assertThat(get("/api/status").statusCode()).isEqualTo(200);
  }

  @Test
  void tooManyBrowsersAreToldSoAndTheOthersGoOn() throws Exception {
    List<Socket> browsers = new ArrayList<>();
    try {
      for (int count = 0; count < 48; count++) {
        Socket browser = new Socket("127.0.0.1", port);
        browsers.add(browser);
        browser
            .getOutputStream()
            .write("GET /api/events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      }
      await().until(() -> get("/metrics").body().contains("ringward_page_listeners 48"));
      HttpResponse<String> refused = get("/api/events");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("too many browsers listen at once");
      assertThat(get("/health/live").statusCode()).isEqualTo(200);
    } finally {
      for (Socket browser : browsers) {
        browser.close();
      }
    }
  }

  /**
   * What the loop does for the page is to hand over; a browser that does not read changes nothing.
   */
  @Test
  void theNodeDoesNotWaitForABrowser() throws Exception {
    try (Socket lazy = new Socket()) {
      lazy.setReceiveBufferSize(1024);
      lazy.connect(new InetSocketAddress("127.0.0.1", port));
      lazy.getOutputStream().write("GET /api/events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      await().until(() -> get("/metrics").body().contains("ringward_page_listeners 1"));
      String much = "y".repeat(500_000);
      List<Long> took = new ArrayList<>();
      for (int round = 0; round < 101; round++) {
        long began = System.nanoTime();
        node.decide(much);
        took.add(System.nanoTime() - began);
      }
      took.sort(null);
      assertThat(Duration.ofNanos(took.get(50))).isLessThan(Duration.ofMillis(2));
    }
  }

  @Test
  void everyAnswerKeepsThePageToItself() throws Exception {
    for (String path : List.of("/", "/api/status", "/nothing", "/health/live", "/metrics")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
          .as(path)
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void healthIsYesOrNo() throws Exception {
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/quorate").statusCode()).isEqualTo(200);
    assertThat(get("/health/coordinator").statusCode()).isEqualTo(200);
    assertThat(get("/health/resource/web").statusCode()).isEqualTo(200);
    assertThat(get("/health/resource/g").statusCode()).isEqualTo(200);
    assertThat(get("/health/resource/none").statusCode()).isEqualTo(404);
    assertThat(get("/health/other").statusCode()).isEqualTo(404);
    node.moveTo("b");
    node.loseQuorum();
    assertThat(get("/health/resource/web").statusCode()).isEqualTo(503);
    assertThat(get("/health/quorate").statusCode()).isEqualTo(503);
    assertThat(raw("GET /health/live HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
    node.die();
    assertThat(get("/health/live").statusCode()).isEqualTo(503);
  }

  @Test
  void metricsAreInPrometheusFormat() throws Exception {
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("version=0.0.4");
    assertThat(answer.body().lines())
        .contains(
            "ha_cluster_corosync_quorate 1",
            "ha_cluster_corosync_quorum_votes{type=\"expected_votes\"} 2",
            "ha_cluster_corosync_member_votes{local=\"true\",node=\"a\",node_id=\"1\"} 1",
            "ha_cluster_corosync_rings{address=\"10.0.0.1\",node_id=\"1\",number=\"0\",ring_id=\"1/4\"} 1",
            "ha_cluster_pacemaker_nodes{node=\"b\",status=\"standby\",type=\"member\"} 1",
            "ha_cluster_pacemaker_nodes{node=\"a\",status=\"dc\",type=\"member\"} 1",
            "ha_cluster_pacemaker_resources{agent=\"ocf:heartbeat:nginx\",clone=\"\",group=\"g\",managed=\"true\",node=\"a\",resource=\"web\",role=\"started\",status=\"active\"} 1",
            "ha_cluster_pacemaker_fail_count{node=\"b\",resource=\"web\"} 3",
            "ringward_link_latency_seconds{link=\"0\",node=\"b\"} 0.000250",
            "ringward_transition_phase_seconds{phase=\"start\"} 0.250000",
            "ringward_detection_seconds_count 0");
    String line = "[a-z_]+(\\{[a-z_]+=\"[^\"]*\"(,[a-z_]+=\"[^\"]*\")*\\})? (-?[0-9.]+|[+-]Inf)";
    assertThat(answer.body().lines().filter(each -> !each.startsWith("# ")))
        .allMatch(each -> each.matches(line));
  }

  @Test
  void timesFromLossToProofAreTaken() {
    Measures measures = new Measures(SILENT);
    Decision lost =
        new Decision(1000, "a", Decision.Kind.MEMBERSHIP, "b", "b is lost", List.of(), List.of())
            .withFacts(Decision.facts("event", "lost"));
    Decision proof =
        new Decision(1250, "a", Decision.Kind.FENCE, "b", "b is down", List.of(), List.of())
            .withFacts(Decision.facts("event", "proof"));
    measures.decision(lost);
    measures.decision(proof);
    measures.decision(proof);
    assertThat(measures.counted().proof())
        .isEqualTo(new Measures.Duration(1, 250_000_000, 250_000_000));
    assertThat(measures.counted().decisions()).containsEntry(Decision.Kind.FENCE, 2L);
  }

  @Test
  void aBrowserGetsThePictureAndThenWhatChanges() throws Exception {
    node.decide("first");
    try (Events events = listen()) {
      JsonNode picture = events.next("snapshot");
      assertThat(picture.at("/set/head/node").asString()).isEqualTo("a");
      assertThat(picture.at("/set/resource~1g~1web/nodes/0").asString()).isEqualTo("a");
      assertThat(picture.at("/set/decision~11/what").asString()).isEqualTo("first");
      node.moveTo("b");
      JsonNode moved = events.next("delta");
      assertThat(moved.at("/set/resource~1g~1web/nodes/0").asString()).isEqualTo("b");
      assertThat(moved.at("/set/head").isMissingNode()).isTrue();
      node.decide("second");
      JsonNode told = events.next("delta");
      assertThat(told.at("/set/decision~12/what").asString()).isEqualTo("second");
      assertThat(told.get("set").size()).isEqualTo(1);
      node.loseQuorum();
      assertThat(events.next("delta").at("/set/head/quorate").asBoolean()).isFalse();
      events.next("beat");
    }
    await()
        .until(() -> {
          node.decide("x");
          return !node.isWatched();
        });
  }

  @Test
  void aBrowserIsToldOfTheEnd() throws Exception {
    try (Events events = listen()) {
      events.next("snapshot");
      server.close();
      assertThat(events.next("end").get("reason").asString()).contains("the daemon");
    }
  }

  @Test
  void aBrowserThatDoesNotReadIsCutOffAndHoldsNobodyUp() throws Exception {
    try (Socket lazy = new Socket();
        Events events = listen()) {
      lazy.setReceiveBufferSize(1024);
      lazy.connect(new InetSocketAddress("127.0.0.1", port));
      lazy.getOutputStream().write("GET /api/events HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
      await().until(() -> get("/metrics").body().contains("ringward_page_listeners 2"));
      String much = "y".repeat(200_000);
      for (int round = 0; round < 400; round++) {
        node.decide(much + round);
        events.await(much + round);
        if (get("/metrics").body().contains("ringward_page_listeners 1")) {
          return;
        }
      }
      assertThat(get("/metrics").body()).contains("ringward_page_listeners 1");
    }
  }

  @Test
  void httpsIsServedElsewhereWithACertificateThatStays() throws Exception {
    int other = freePort();
    X509Certificate first;
    try (WebServer _ = serve("0.0.0.0:" + other)) {
      first = certificate(other);
      assertThat(first.getSubjectX500Principal().getName()).contains("a of test");
      assertThat(first.getSubjectAlternativeNames().toString()).contains("cluster.example.org");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("web-key.pem"))))
        .isEqualTo("rw-------");
    try (WebServer _ = serve("0.0.0.0:" + other)) {
      assertThat(certificate(other)).isEqualTo(first);
    }
  }

  private static X509Certificate certificate(int port) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.startHandshake();
      socket
          .getOutputStream()
          .write(
              "GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 200");
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Test
  void aPortInUseIsSaidInOneSentence() {
    assertThatThrownBy(() -> serve("127.0.0.1:" + port))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("the page cannot be served at 127.0.0.1:" + port)
        .hasMessageContaining("choose another web.listen");
  }

  private Events listen() throws Exception {
    HttpResponse<InputStream> answer =
        client.send(request("/api/events").build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new Events(new BufferedReader(new InputStreamReader(answer.body(), UTF_8)));
  }

  /** What an EventSource would see. */
  private record Events(BufferedReader lines) implements AutoCloseable {
    JsonNode next(String wanted) throws IOException {
      while (true) {
        String event = lines.readLine().substring("event: ".length());
        String data = lines.readLine().substring("data: ".length());
        assertThat(lines.readLine()).isEmpty();
        if (event.equals(wanted)) {
          return JSON.readTree(data);
        }
      }
    }

    void await(String text) throws IOException {
      for (String line = lines.readLine(); !line.contains(text); line = lines.readLine()) {
        assertThat(line).isNotNull();
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
