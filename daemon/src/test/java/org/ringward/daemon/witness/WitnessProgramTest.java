package org.ringward.daemon.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ringward.core.base.OperatorException;
import org.ringward.ring.witness.Authority;
import org.ringward.ring.witness.Enrolment;
import org.ringward.ring.witness.NodeIdentity;
import org.ringward.ring.witness.Pem;
import org.ringward.ring.witness.Tls;
import org.ringward.ring.witness.Token;
import org.ringward.ring.witness.WitnessFiles;
import org.ringward.ring.witness.WitnessFolder;

/** A witness and its nodes on real connections, and all that may knock at its door. */
final class WitnessProgramTest {
  private static final NodeIdentity FIRST = new NodeIdentity("alpha", 1);
  private static final NodeIdentity SECOND = new NodeIdentity("alpha", 2);

  @TempDir private Path folder = Path.of("");
  private TestWitness witness;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    witness = new TestWitness(folder.resolve("witness"), 0);
  }

  @AfterEach
  void stop() throws InterruptedException {
    witness.close();
  }

  private static void await(String what, BooleanSupplier come) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(come::getAsBoolean);
  }

  private TestNode node(NodeIdentity who) throws IOException {
    return new TestNode(
        witness.port(),
        witness.enrol(folder.resolve("node" + who.node()), who.cluster(), who.node()),
        who);
  }

  @Test
  void oneSideHasTheVoteAlsoAcrossARestart() throws Exception {
    try (TestNode one = node(FIRST);
        TestNode two = node(SECOND)) {
      one.ring(4, 1, 2);
      two.ring(4, 1, 2);
      await("both have the vote", () -> one.votes() && two.votes());
      one.relay(0, (byte) 7);
      await("a frame was passed on", () -> two.relayed.size() == 1);
      two.ring(8, 2);
      one.ring(8, 1);
      await("node 1 has it", () -> one.votes() && two.view().answer().equals("no"));
      assertThat(two.votes()).isFalse();
      int port = witness.port();
      witness.close();
      witness = new TestWitness(folder.resolve("witness"), port);
      Awaitility.await("the vote stays with node 1")
          .pollInterval(Duration.ofMillis(10))
          .failFast("the vote changed hands", two::votes)
          .during(Duration.ofMillis(1500))
          .atMost(Duration.ofSeconds(60))
          .until(() -> one.votes() && !two.votes());
    }
  }

  @Test
  void aTokenIsForOneNodeOfOneClusterAndForAShortTime() throws Exception {
    Instant soon = Instant.now().plus(Duration.ofMinutes(1));
    WitnessFiles files = new WitnessFiles(folder.resolve("node"));
    Token token = witness.folder.makeToken("alpha", 1, soon);
    assertThat(refusal(token, new NodeIdentity("beta", 1)))
        .isEqualTo(
            "the witness refuses: its token is for cluster \"alpha\", the node says \"beta\"");
    Enrolment.enrol("localhost", witness.port(), Token.parse(token.text()), FIRST, files);
    assertThat(files.read(FIRST, Instant.now()).own().chain()).hasSize(1);
    assertThatThrownBy(() -> files.read(SECOND, Instant.now()))
        .hasMessageContaining("is for node 1 of cluster alpha, this is node 2 of cluster alpha");
    assertThat(refusal(token, FIRST))
        .isEqualTo("the witness refuses: its token is not known here, or was used already");
    Token old = witness.folder.makeToken("alpha", 1, Instant.parse("2020-01-02T03:04:05Z"));
    assertThat(refusal(old, FIRST))
        .isEqualTo("the witness refuses: its token expired at 2020-01-02T03:04:05Z");
    WitnessFolder other = new WitnessFolder(folder.resolve("other"));
    other.prepare("other", Instant.now());
    assertThat(refusal(other.makeToken("alpha", 1, soon), FIRST))
        .contains("the token was made by another witness than this one");
    assertThatThrownBy(() -> Token.parse("rw1-abc")).hasMessageContaining("found 7");
  }

  private String refusal(Token token, NodeIdentity node) {
    WitnessFiles files = new WitnessFiles(folder.resolve("refused"));
    try {
      Enrolment.enrol("localhost", witness.port(), token, node, files);
      throw new AssertionError("not refused");
    } catch (OperatorException e) {
      assertThat(files.certificate()).doesNotExist();
      return e.sentence();
    }
  }

  /** Files of a node with a certificate that this authority makes. */
  private WitnessFiles forged(Authority by, Instant from, Instant until) throws Exception {
    KeyPair pair = Authority.newKey();
    Path path = Files.createTempDirectory(folder, "forged");
    WitnessFiles files = new WitnessFiles(path);
    Pem.write(files.key(), pair.getPrivate());
    Pem.write(files.certificate(), by.forNode(FIRST, pair.getPublic().getEncoded(), from, until));
    Pem.write(files.authority(), witness.folder.authority());
    return files;
  }

  private void expectTurnedAway(TestNode node, String sentence) throws InterruptedException {
    await(
        "the log of the witness: " + witness.log,
        () -> witness.log.stream().anyMatch(line -> line.contains(sentence)));
    await("the log of the node: " + node.log, () -> !node.log.isEmpty());
    assertThat(node.votes()).isFalse();
  }

  @Test
  void certificatesThatDoNotCountAreNamed() throws Exception {
    Instant now = Instant.now();
    Authority ours =
        new Authority(
            Pem.key(folder.resolve("witness/authority-key.pem")), witness.folder.authority());
    Authority stranger = Authority.create("stranger", now, now.plusSeconds(1000));
    WitnessFiles foreign = forged(stranger, now, now.plusSeconds(1000));
    // The node itself would not send these; somebody else's program might.
    Pem.write(foreign.authority(), stranger.certificate());
    try (TestNode node = new TestNode(witness.port(), foreign, FIRST)) {
      await("the node's own words", () -> !node.log.isEmpty());
      assertThat(node.log.getFirst()).contains("was signed by another authority");
    }
    WitnessFiles never = forged(ours, now, now.plusSeconds(1000));
    try (TestNode node = new TestNode(witness.port(), never, FIRST)) {
      expectTurnedAway(node, "node 1 of cluster alpha is not enrolled here any more");
      assertThat(node.log.getFirst()).contains("not enrolled here any more");
    }
    WitnessFiles old = forged(ours, now.minusSeconds(90_000), now.minusSeconds(3000));
    try (TestNode node = new TestNode(witness.port(), old, FIRST)) {
      await("the node's own words", () -> !node.log.isEmpty());
      assertThat(node.log.getFirst())
          .contains("the certificate of node 1 of cluster alpha expired at ")
          .contains("run 'ringward witness enrol' again");
    }
    WitnessFiles first = witness.enrol(folder.resolve("twice1"), "alpha", 1);
    witness.enrol(folder.resolve("twice2"), "alpha", 1);
    try (TestNode node = new TestNode(witness.port(), first, FIRST)) {
      expectTurnedAway(node, "has enrolled again since this certificate was made");
    }
  }

  /** What a program that is not ours would do: it shows what our own node would not. */
  @Test
  void theHandshakeRefusesByName() throws Exception {
    Instant now = Instant.now();
    Authority ours =
        new Authority(
            Pem.key(folder.resolve("witness/authority-key.pem")), witness.folder.authority());
    Authority stranger = Authority.create("stranger", now, now.plusSeconds(1000));
    shake(stranger, now, now.plusSeconds(1000), "was signed by another authority, CN=stranger");
    shake(ours, now.minusSeconds(9000), now.minusSeconds(4000), "expired at");
    shake(ours, now.plusSeconds(9000), now.plusSeconds(9900), "is valid from");
  }

  private void shake(Authority by, Instant from, Instant until, String sentence) throws Exception {
    KeyPair pair = Authority.newKey();
    var certificate = by.forNode(FIRST, pair.getPublic().getEncoded(), from, until);
    var own = new Tls.Own(pair.getPrivate(), List.of(certificate));
    var context = Tls.context(own, Tls.trust(witness.folder.authority()));
    try (Socket socket = context.getSocketFactory().createSocket("localhost", witness.port())) {
      socket.getOutputStream().write(1);
      assertThat(socket.getInputStream().read()).isNegative();
    } catch (IOException _) {
      // An alert, most often.
    }
    await(
        sentence + " in " + witness.log,
        () -> witness.log.stream().anyMatch(line -> line.contains(sentence)));
  }

  @Test
  void whoeverKnocksTheWitnessStays() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    InetAddress here = InetAddress.getLoopbackAddress();
    try (TestNode one = node(FIRST);
        Socket silent = new Socket(here, witness.port())) {
      one.ring(4, 1);
      await("the vote", one::votes);
      for (int knock = 0; knock < 100; knock++) {
        try (Socket socket = new Socket(here, witness.port())) {
          byte[] bytes = new byte[random.nextInt(400)];
          random.nextBytes(bytes);
          socket.getOutputStream().write(bytes);
        }
      }
      Token token = witness.folder.makeToken("alpha", 1, Instant.now().minusSeconds(1));
      await("the strangers are gone", () -> refusal(token, SECOND).contains("witness refuses"));
      silent.setSoTimeout(20_000);
      assertThat(silent.getInputStream().readAllBytes())
          .as("an alert, then the end")
          .hasSizeLessThan(100);
      // On a busy machine it may have run out meanwhile; it comes again.
      await("the vote", one::votes);
      assertThat(witness.report().sessions()).isEqualTo(1);
      assertThat(witness.log).noneMatch(line -> line.contains("the loop ended"));
    }
  }

  @Test
  void certificatesAreOfTheFormThatOthersReadToo() throws Exception {
    Path file = witness.enrol(folder.resolve("node"), "alpha beta/ü", 7).certificate();
    assertThat(NodeIdentity.of(Pem.certificate(file)))
        .isEqualTo(new NodeIdentity("alpha beta/ü", 7));
    assertThat(witness.folder.clusters()).containsExactly("alpha beta/ü");
  }
}
