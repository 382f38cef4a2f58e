package org.ringward.daemon.adminsocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.node.ConfigurationSource;
import org.ringward.core.port.ProcessResult;
import org.ringward.daemon.loop.NodeInputs;
import org.ringward.ring.loop.DatagramSource;
import org.ringward.ring.loop.Inbox;
import org.ringward.ring.loop.Loop;
import org.ringward.ring.loop.Machine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class AdminSocketTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;
  private final List<AdminRequest> asked = new CopyOnWriteArrayList<>();
  private final List<Long> ids = new CopyOnWriteArrayList<>();
  private final List<Long> gone = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private Inbox<NodeInputs> inbox;
  private Loop<NodeInputs> loop;
  private AdminSocket socket;
  private Path path;

  @BeforeEach
  void open() {
    path = folder.resolve("run/s");
    Semaphore wakeUps = new Semaphore(0);
    inbox = new Inbox<>(wakeUps::release);
    loop = new Loop<>(new Silence(wakeUps), inbox, (_, cause) -> failures.add(cause));
    loop.machine(new Asked(this));
    Thread thread = new Thread(loop);
    thread.setDaemon(true);
    thread.start();
    socket = AdminSocket.open(path, inbox);
    socket.serve();
  }

  @AfterEach
  void close() {
    socket.close();
    inbox.put(_ -> loop.exit(true, "the test is over"));
    assertThat(path).doesNotExist();
    assertThat(failures).isEmpty();
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path));
  }

  private static void send(SocketChannel channel, String json) throws IOException {
    AdminFrames.write(channel, json.getBytes(UTF_8));
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException("hung up");
      }
    }
    return bytes.flip();
  }

  private static JsonNode receive(SocketChannel channel) throws IOException {
    int length = read(channel, 4).getInt();
    return JSON.readTree(UTF_8.decode(read(channel, length)).toString());
  }

  private static boolean hungUp(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private void awaitAsked(int count) {
    await().until(() -> asked.size() >= count);
  }

  @Test
  void requestsAndRepliesGoThrough() throws IOException {
    try (SocketChannel channel = connect()) {
      for (int round = 0; round < 3; round++) {
        send(channel, "{\"verb\": \"status\"}");
        awaitAsked(round + 1);
        socket.reply(ids.get(round), AdminReply.done("round " + round));
        assertThat(receive(channel).get("message").asString()).isEqualTo("round " + round);
      }
    }
    assertThat(asked.getFirst().author()).isEqualTo(System.getProperty("user.name"));
    assertThat(gone).isEmpty();
  }

  @Test
  void theKernelsNameComesBeforeTheGivenOne() throws IOException {
    try (SocketChannel channel = connect()) {
      send(
          channel,
          "{\"verb\": \"clear\", \"author\": \"Ada\", \"options\": {\"resource\": \"web\"}}");
      awaitAsked(1);
      String user = System.getProperty("user.name");
      assertThat(asked.getFirst())
          .isEqualTo(
              new AdminRequest(
                  Verb.CLEAR, user + " (on behalf of Ada)", Map.of("resource", "web"), null));
    }
    await().until(() -> gone.equals(ids));
  }

  @Test
  void aLargeAnswerAndASlowReaderHoldUpNobody() throws IOException {
    String text = "x".repeat(5_000_000);
    try (SocketChannel slow = connect();
        SocketChannel quick = connect()) {
      send(slow, "{\"verb\": \"configuration\"}");
      awaitAsked(1);
      socket.reply(ids.get(0), AdminReply.of(new DocumentReport("yaml", "0.1.0", text)));
      send(quick, "{\"verb\": \"status\"}");
      awaitAsked(2);
      socket.reply(ids.get(1), AdminReply.done("quick"));
      assertThat(receive(quick).get("message").asString()).isEqualTo("quick");
      assertThat(receive(slow).get("report").get("text").asString()).isEqualTo(text);
    }
  }

  @Test
  void aLargeDocumentArrivesWhole() throws IOException {
    String document = "y".repeat(3_000_000);
    try (SocketChannel channel = connect()) {
      send(channel, "{\"verb\": \"plan\", \"document\": \"" + document + "\"}");
      awaitAsked(1);
      assertThat(asked.getFirst().document()).isEqualTo(document);
    }
  }

  @Test
  void garbageIsToldAndTheConnectionGoesOn() throws IOException {
    List<String> garbage =
        List.of(
            "x",
            "[]",
            "{}",
            "{\"verb\": 1}",
            "{\"verb\": \"dance\"}",
            "{\"verb\": \"status\"",
            "{\"verb\": \"status\", \"colour\": \"red\"}",
            "{\"verb\": \"status\"} {}",
            "null",
            "{\"verb\": \"status\", \"options\": {\"limit\": 5}}",
            "\u0000\u0001");
    try (SocketChannel channel = connect()) {
      for (String each : garbage) {
        send(channel, each);
        JsonNode reply = receive(channel);
        assertThat(reply.get("exitCode").asInt()).as(each).isEqualTo(76);
        assertThat(reply.get("message").asString()).as(each).isNotEmpty().doesNotContain("\n");
      }
      send(channel, "{\"verb\": \"status\"}");
      awaitAsked(1);
    }
    assertThat(asked).hasSize(1);
  }

  @Test
  void lengthsBeyondTheLimitsHangUp() throws IOException {
    for (int length : List.of(0, -1, AdminFrames.REQUEST_MOST_BYTES + 1, Integer.MAX_VALUE)) {
      try (SocketChannel channel = connect()) {
        channel.write(ByteBuffer.allocate(4).putInt(length).flip());
        JsonNode reply = receive(channel);
        assertThat(reply.get("exitCode").asInt()).isEqualTo(76);
        assertThat(reply.get("message").asString())
            .contains(Integer.toUnsignedString(length) + " bytes; allowed: 1 to 8388608");
        assertThat(hungUp(channel)).isTrue();
      }
    }
  }

  @Test
  void halfARequestAndThenSilenceHoldsUpNobody() throws IOException {
    try (SocketChannel half = connect();
        SocketChannel whole = connect()) {
      half.write(ByteBuffer.allocate(7).putInt(100).put((byte) '{').flip());
      send(whole, "{\"verb\": \"status\"}");
      awaitAsked(1);
    }
    assertThat(asked).hasSize(1);
  }

  @Test
  void aSecondRequestBeforeTheReplyHangsUp() throws IOException {
    try (SocketChannel channel = connect()) {
      send(channel, "{\"verb\": \"status\"}");
      send(channel, "{\"verb\": \"status\"}");
      assertThat(receive(channel).get("message").asString()).contains("second request");
      assertThat(hungUp(channel)).isTrue();
      await().until(() -> gone.equals(ids));
    }
  }

  @Test
  void aRequesterThatHangsUpIsWithdrawn() throws IOException {
    try (SocketChannel channel = connect()) {
      send(channel, "{\"verb\": \"status\"}");
      awaitAsked(1);
    }
    await().until(() -> gone.equals(ids));
    socket.reply(ids.getFirst(), AdminReply.done("too late"));
  }

  @Test
  void tooManyConnectionsAreRefused() throws IOException {
    List<SocketChannel> channels = new ArrayList<>();
    try {
      for (int count = 0; count < 64; count++) {
        SocketChannel channel = connect();
        channels.add(channel);
        send(channel, "{}");
        assertThat(receive(channel).get("exitCode").asInt()).isEqualTo(76);
      }
      SocketChannel one = connect();
      channels.add(one);
      assertThat(receive(one).get("exitCode").asInt()).isEqualTo(75);
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  @Test
  void theSocketIsClosedToOthersAndServedOnce() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-rw----");
    OperatorException refused =
        catchThrowableOfType(OperatorException.class, () -> AdminSocket.open(path, inbox));
    assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(refused.sentence()).contains("another daemon serves the control socket");
  }

  @Test
  void aLeftoverSocketIsReplaced() throws IOException {
    Path leftover = folder.resolve("leftover");
    Files.writeString(leftover, "");
    AdminSocket.open(leftover, inbox).close();
    assertThat(leftover).doesNotExist();
  }

  @Test
  void rulesAllowRootTheDaemonsUserAndTheGroup() throws IOException {
    Path groups = folder.resolve("group");
    Files.writeString(groups, "root:x:0:\nhaclient:x:105:ada,bob\nusers:x:100:eve\n");
    PeerRules rules = new PeerRules("ringward", groups);
    assertThat(rules.allows("root", "root")).isTrue();
    assertThat(rules.allows("ringward", "users")).isTrue();
    assertThat(rules.allows("carol", "haclient")).isTrue();
    assertThat(rules.allows("bob", "users")).isTrue();
    assertThat(rules.allows("eve", "users")).isFalse();
    assertThat(new PeerRules("ringward", folder.resolve("none")).allows("bob", "users")).isFalse();
  }

  /** No network. */
  private record Silence(Semaphore wakeUps) implements DatagramSource {
    @Override
    public int receive(Machine machine, int most) {
      return 0;
    }

    @Override
    public void await(long nanos) {
      try {
        if (wakeUps.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
          wakeUps.drainPermits();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void wake() {
      wakeUps.release();
    }
  }

  /** The node's end: remembers what was asked. */
  private record Asked(AdminSocketTest test) implements NodeInputs {
    @Override
    public void realTime(String sentence) {}

    @Override
    public void asked(long requestId, AdminRequest request) {
      test.ids.add(requestId);
      test.asked.add(request);
    }

    @Override
    public void deviceOpened(long connection, long nowNanos) {}

    @Override
    public void deviceSecured(long connection, long nowNanos) {}

    @Override
    public void deviceReceived(long connection, byte[] bytes, int length, long nowNanos) {}

    @Override
    public void deviceClosed(long connection, String why, long nowNanos) {}

    @Override
    public void askerGone(long requestId) {
      test.gone.add(requestId);
    }

    @Override
    public void start(long nowNanos, long wallMillis) {}

    @Override
    public void received(
        int link, int fromNode, byte[] datagram, int offset, int length, long nowNanos) {}

    @Override
    public void refused(int link, int node, long nowNanos) {}

    @Override
    public void processEnded(long processId, ProcessResult result) {}

    @Override
    public void stored(long requestId, String error) {}

    @Override
    public void worked(long requestId) {}

    @Override
    public void configurationRead(
        long requestId, ConfigurationSource.Configuration read, String error) {}

    @Override
    public void turn(long nowNanos, long wallMillis) {}

    @Override
    public long nextDeadline() {
      return Long.MAX_VALUE;
    }
  }
}
