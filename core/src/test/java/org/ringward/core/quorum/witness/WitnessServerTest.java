package org.ringward.core.quorum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.port.Journal.Level;
import org.ringward.core.quorum.witness.WitnessServer.Identity;
import org.ringward.core.wire.WitnessCodec;
import org.ringward.core.wire.WitnessMessage;
import org.ringward.core.wire.WitnessMessage.Enrol;
import org.ringward.core.wire.WitnessMessage.Hello;
import org.ringward.core.wire.WitnessMessage.Refused;
import org.ringward.core.wire.WitnessMessage.Relay;
import org.ringward.core.wire.WitnessMessage.Relayed;
import org.ringward.core.wire.WitnessMessage.Report;
import org.ringward.core.wire.WitnessMessage.Welcome;

/** What a witness does with connections of all sorts. */
final class WitnessServerTest implements WitnessOutlet {
  private static final long SECOND = 1_000_000_000;

  private final TreeMap<Long, List<WitnessMessage>> sent = new TreeMap<>();
  private final TreeSet<Long> closed = new TreeSet<>();
  private final List<String> log = new ArrayList<>();
  private final WitnessServer server = new WitnessServer("test", 20, this);

  WitnessServerTest() {
    server.serve("alpha", null, 0);
    server.serve("beta", null, 0);
  }

  @Override
  public void send(long session, byte[] bytes) {
    WitnessMessage message = WitnessCodec.decode(Arrays.copyOfRange(bytes, 2, bytes.length));
    assertThat(message).as("what the witness sends can be read").isNotNull();
    sent.computeIfAbsent(session, each -> new ArrayList<>()).add(message);
  }

  @Override
  public void close(long session) {
    closed.add(session);
  }

  @Override
  public void keep(String cluster, byte[] content) {
    server.stored(cluster, null, 0);
  }

  @Override
  public void enrol(long session, Enrol request) {
    server.refuse(session, "the token is over");
  }

  @Override
  public void log(Level level, String text) {
    log.add(text);
  }

  private void connect(long session, String cluster, int node) {
    server.connected(session, new Identity(cluster, node), "10.0.0." + node, 0);
  }

  private void tell(long session, WitnessMessage message) {
    byte[] bytes = WitnessCodec.encode(message);
    server.received(session, bytes, 0, bytes.length, 0);
  }

  private static Hello hello(String cluster, int node) {
    return new Hello(
        WitnessMessage.VERSION, cluster, node, 7, 1, 0, true, 2000, 0, NodeSet.of(1, 2, 3));
  }

  private List<WitnessMessage> sentTo(long session) {
    return sent.getOrDefault(session, List.of());
  }

  private String refusal(long session) {
    assertThat(closed).contains(session);
    WitnessMessage last = sentTo(session).getLast();
    assertThat(last).isInstanceOf(Refused.class);
    return ((Refused) last).reason();
  }

  @Test
  void refusalsNameWhatIsWrong() {
    connect(1, "alpha", 1);
    tell(1, hello("beta", 1));
    assertThat(refusal(1))
        .isEqualTo("it says that it is of cluster \"beta\", its certificate that of \"alpha\"");
    connect(2, "alpha", 1);
    tell(2, hello("alpha", 2));
    assertThat(refusal(2)).isEqualTo("it says that it is node 2, its certificate node 1");
    connect(3, "gamma", 1);
    assertThat(refusal(3))
        .isEqualTo("cluster \"gamma\" is not known here; a token has to be made for it");
    connect(4, "alpha", 1);
    tell(4, new Hello(WitnessMessage.VERSION, "alpha", 1, 7, 1, 0, true, 20, 0, NodeSet.of(1)));
    assertThat(refusal(4))
        .isEqualTo("its quorum.device.timeout is 20 ms; this witness allows 500 to 120000");
    connect(5, "alpha", 1);
    tell(5, new Hello(9, "alpha", 1, 7, 1, 0, true, 2000, 0, NodeSet.of(1)));
    assertThat(refusal(5)).isEqualTo("it speaks version 9 of the protocol, this witness 2");
    connect(6, "alpha", 1);
    tell(6, new Hello(WitnessMessage.VERSION, "alpha", 1, 7, 9, 0, true, 2000, 0, NodeSet.of(1)));
    assertThat(refusal(6)).isEqualTo("its algorithm 9 or tie breaker 0 is not known here");
    connect(7, "alpha", 1);
    tell(7, new Hello(WitnessMessage.VERSION, "alpha", 1, 7, 1, 0, true, 2000, 0, NodeSet.of(2)));
    assertThat(refusal(7)).isEqualTo("node 1 is not among the nodes it names, {2}");
    server.connected(8, null, "192.0.2.1", 0);
    tell(8, hello("alpha", 1));
    assertThat(refusal(8))
        .isEqualTo("it has no certificate of this witness, and did not ask for one");
    server.connected(9, null, "192.0.2.1", 0);
    tell(9, new Enrol(new byte[16], "alpha", 1, new byte[91]));
    assertThat(refusal(9)).isEqualTo("the token is over");
    connect(10, "alpha", 1);
    tell(10, new Report(1, 0, 1, 4, true, false, -1, NodeSet.of(1)));
    assertThat(refusal(10)).contains("a message of type 2");
    assertThat(server.report(0).warnings()).isNotEmpty();
    assertThat(server.report(0).sessions()).isZero();
  }

  @Test
  void whoRepeatsItselfFillsNoLog() {
    for (int session = 1; session <= 100; session++) {
      connect(session, "alpha", 1);
      tell(session, hello("beta", 1));
    }
    assertThat(log).hasSize(1);
  }

  @Test
  void aNewConnectionOfANodeEndsTheOneBefore() {
    connect(1, "alpha", 1);
    tell(1, hello("alpha", 1));
    connect(2, "alpha", 1);
    tell(2, hello("alpha", 1));
    assertThat(closed).containsExactly(1L);
    assertThat(sentTo(2)).first().isInstanceOf(Welcome.class);
    server.disconnected(1, 0);
    assertThat(server.report(0).clusters().getFirst().nodes().getFirst().connected()).isTrue();
  }

  @Test
  void connectionsAreBounded() {
    for (int session = 1; session <= 20; session++) {
      server.connected(session, null, "192.0.2.1", 0);
    }
    assertThat(closed).isEmpty();
    connect(21, "alpha", 1);
    assertThat(refusal(21)).isEqualTo("20 connections are open, which is the most");
  }

  @Test
  void whoSaysNothingIsDisconnected() {
    server.connected(1, null, "192.0.2.1", 0);
    connect(2, "alpha", 1);
    tell(2, hello("alpha", 1));
    server.turn(3 * SECOND);
    assertThat(closed).containsExactly(2L);
    server.turn(10 * SECOND);
    assertThat(closed).containsExactly(1L, 2L);
  }

  @Test
  void framesArePassedOnInsideTheClusterOnly() {
    for (int node = 1; node <= 3; node++) {
      connect(node, "alpha", node);
      tell(node, hello("alpha", node));
    }
    connect(4, "beta", 1);
    tell(4, hello("beta", 1));
    tell(1, new Relay(0, new byte[] {1, 2, 3}));
    assertThat(sentTo(2)).last().isInstanceOf(Relayed.class);
    assertThat(sentTo(3)).last().isInstanceOf(Relayed.class);
    assertThat(sentTo(1)).hasSize(1);
    assertThat(sentTo(4)).hasSize(1);
    tell(1, new Relay(3, new byte[] {4}));
    assertThat(sentTo(2)).hasSize(2);
    assertThat(sentTo(3)).hasSize(3);
  }

  /** A node may not use the witness as its network. */
  @Test
  void framesThatArePassedOnAreBounded() {
    for (int node = 1; node <= 2; node++) {
      connect(node, "alpha", node);
      tell(node, hello("alpha", node));
    }
    for (int count = 0; count < 1000; count++) {
      tell(1, new Relay(2, new byte[] {1}));
    }
    assertThat(sentTo(2)).hasSize(65);
  }

  @Test
  void everyMessageSurvivesItsBytes() {
    List<WitnessMessage> messages =
        List.of(
            hello("alpha", 1),
            new Report(7, 6, 3, 1L << 40, true, true, -1, NodeSet.of(3, 9)),
            new Report(8, 0, 0, 0, false, false, -1, NodeSet.EMPTY),
            new Welcome(1, "wörld"),
            new WitnessMessage.Verdict(
                7, WitnessMessage.Answer.WAIT, 2000, NodeSet.of(1), "because"),
            new Refused("no"));
    for (WitnessMessage message : messages) {
      byte[] bytes = WitnessCodec.encode(message);
      assertThat(WitnessCodec.decode(Arrays.copyOfRange(bytes, 2, bytes.length)))
          .isEqualTo(message);
      for (int length = 2; length < bytes.length; length++) {
        assertThat(WitnessCodec.decode(Arrays.copyOfRange(bytes, 2, length))).isNull();
      }
      byte[] longer = Arrays.copyOfRange(bytes, 2, bytes.length + 1);
      assertThat(WitnessCodec.decode(longer)).isNull();
    }
    String longText = "ä".repeat(10_000);
    byte[] bytes = WitnessCodec.encode(new Refused(longText));
    assertThat(WitnessCodec.decode(Arrays.copyOfRange(bytes, 2, bytes.length)))
        .isEqualTo(new Refused("ä".repeat(WitnessMessage.TEXT_MOST / 2)));
  }

  /** Bytes of chance, and good messages with a few bytes changed, in pieces of any size. */
  @Test
  void garbageNeverThrows() {
    SplittableRandom random = new SplittableRandom(5);
    List<byte[]> good =
        List.of(
            WitnessCodec.encode(hello("alpha", 1)),
            WitnessCodec.encode(new Report(1, 0, 1, 4, true, false, -1, NodeSet.of(1, 2))),
            WitnessCodec.encode(new Relay(0, new byte[40])),
            WitnessCodec.encode(new Enrol(new byte[16], "alpha", 1, new byte[91])));
    for (int session = 1; session <= 20_000; session++) {
      boolean known = random.nextInt(4) > 0;
      server.connected(
          session, known ? new Identity("alpha", 1 + random.nextInt(3)) : null, "192.0.2.1", 0);
      for (int part = 0; part < 4; part++) {
        byte[] bytes = good.get(random.nextInt(good.size())).clone();
        for (int change = random.nextInt(4); change > 0; change--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        if (random.nextInt(8) == 0) {
          random.nextBytes(bytes);
        }
        int cut = random.nextInt(bytes.length);
        server.received(session, bytes, 0, cut, 0);
        server.received(session, bytes, cut, bytes.length - cut, 0);
      }
      server.disconnected(session, 0);
      server.turn(session * 1_000_000L);
    }
    assertThat(server.report(0).sessions()).isZero();
  }
}
