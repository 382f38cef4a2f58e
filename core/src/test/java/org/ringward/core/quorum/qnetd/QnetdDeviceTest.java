package org.ringward.core.quorum.qnetd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.DeviceSettings.Net.Tls;
import org.ringward.core.port.Streams;

/** Node 1 of two, with what corosync-qnetd 3.0.3 answered. */
class QnetdDeviceTest {
  private static final long MILLI = 1_000_000;
  private static final NodeSet BOTH = NodeSet.of(1, 2);
  private static final NodeSet ALONE = NodeSet.of(1);
  private static final String INIT_REPLY =
      "00040000002a00060002000000000004000000020007000400008000000800040000"
          + "8000000a00080000000100020003";

  private final List<String> said = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private long now = 1_000_000_000L;
  private long connection;
  private QnetdDevice device = device(Tls.OFF);

  private QnetdDevice device(Tls tls) {
    QnetdSettings settings = new QnetdSettings("witlab", 1, 0, true, tls, 10_000, 8000, BOTH);
    return new QnetdDevice(settings, 1, false, new Recorder(), (_, text) -> log.add(text));
  }

  private final class Recorder implements Streams {
    @Override
    public void open(long number) {
      connection = number;
      said.add("open");
    }

    @Override
    public void startTls(long number) {
      said.add("tls");
    }

    @Override
    public void send(long number, byte[] bytes) {
      said.add(HexFormat.of().formatHex(bytes));
    }

    @Override
    public void close(long number) {
      said.add("close");
    }
  }

  private void pass(long millis) {
    now += millis * MILLI;
    device.at(now);
    device.turn(now, now / MILLI);
  }

  private void hear(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    device.at(now);
    device.received(connection, bytes, bytes.length, now);
  }

  private String last() {
    return said.getLast();
  }

  private static String greeting(int tls) {
    return "000100000012" + "0000000400000001" + "000200010" + tls + "0003000101";
  }

  private static String vote(int vote, int sequence) {
    return "000e0000001d0000000400000001001300010%d000d000c00000001%016x".formatted(vote, sequence);
  }

  @BeforeEach
  void started() {
    device.start(now);
    device.ring(1, 9, BOTH, false);
  }

  private void connect() {
    pass(0);
    device.opened(connection, now);
    hear(greeting(0));
    hear(INIT_REPLY);
  }

  /** Answers the open echo. */
  private void answer() {
    String echo = last();
    assertThat(echo).startsWith("000800000008");
    hear("0009" + echo.substring(4));
  }

  @Test
  void asCorosyncQdevice() {
    connect();
    assertThat(said.get(1)).isEqualTo("0000000000120000000400000001000100067769746c6162");
    assertThat(said.get(2)).startsWith("000300000093" + "0000000400000002" + "00040024");
    assertThat(said.get(3)).isEqualTo("00060000000d" + "0000000400000003" + "0017000101");
    assertThat(said.get(4)).startsWith("000a00000025" + "0000000400000004" + "0012000100");
    assertThat(said.get(5)).startsWith("000a00000035" + "0000000400000005" + "0012000102");
    device.quorate(true);
    assertThat(said.get(6)).startsWith("000a00000034" + "0000000400000006" + "0012000103" + "0014");
    device.quorate(true);
    assertThat(said).as("told once").hasSize(7);
    assertThat(device.answered()).isFalse();
    hear(vote(1, 9));
    assertThat(last()).isEqualTo("000f00000008" + "0000000400000001");
    assertThat(device.answered()).isTrue();
    assertThat(device.device().castsVote()).as("all nodes are here").isTrue();
    assertThat(device.device().name()).isEqualTo("Qdevice");
  }

  @Test
  void theVoteIsForOneRing() {
    connect();
    hear(vote(1, 9));
    pass(5000);
    answer();
    device.ring(1, 13, ALONE, true);
    assertThat(device.device().castsVote()).isFalse();
    assertThat(last()).contains("0012000102" + "000d000c00000001000000000000000d");
    hear(vote(1, 9));
    assertThat(device.device().castsVote()).as("for the ring before").isFalse();
    hear("000b0000002200000004000000070012000102000d000c00000001000000000000000d0013000104");
    assertThat(device.answered()).as("wait for reply").isFalse();
    hear(vote(1, 13));
    assertThat(device.device().castsVote()).isTrue();
    hear(vote(2, 13));
    assertThat(device.device().castsVote()).isFalse();
    assertThat(device.answered()).isTrue();
  }

  private long agreements() {
    return said.stream().filter(each -> each.startsWith("000f")).count();
  }

  /** Other members count what this node told them; only then may another side have the vote. */
  @Test
  void aNodeAgreesToTheLossOfTheVoteWhenItsRingKnows() {
    connect();
    hear(vote(1, 9));
    assertThat(agreements()).isEqualTo(1);
    hear(vote(2, 9));
    assertThat(device.device().castsVote()).isFalse();
    pass(3999);
    assertThat(agreements()).isEqualTo(1);
    pass(1);
    assertThat(agreements()).isEqualTo(2);
    hear(vote(2, 9));
    assertThat(agreements()).as("it counted nothing any more").isEqualTo(3);
  }

  @Test
  void aNewRingAgreesAtOnce() {
    connect();
    hear(vote(1, 9));
    hear(vote(2, 9));
    assertThat(agreements()).isEqualTo(1);
    device.ring(1, 13, ALONE, false);
    assertThat(agreements()).isEqualTo(2);
    pass(5000);
    assertThat(agreements()).isEqualTo(2);
  }

  @Test
  void aPartWaitsOnANewConnection() {
    connect();
    hear(vote(1, 9));
    device.ring(1, 13, ALONE, true);
    hear(vote(1, 13));
    assertThat(device.device().castsVote()).isFalse();
    assertThat(device.answered()).isFalse();
    assertThat(device.sentences().getFirst()).contains("that counts in 4000 ms");
    for (int i = 0; i < 3; i++) {
      pass(1000);
      answer();
      assertThat(device.device().castsVote()).isFalse();
    }
    pass(999);
    assertThat(device.nextDeadline()).isLessThanOrEqualTo(now + MILLI);
    pass(1);
    assertThat(device.device().castsVote()).isTrue();
  }

  @Test
  void silenceEndsTheVote() {
    connect();
    hear(vote(1, 9));
    pass(1000);
    answer();
    pass(1000);
    pass(2959);
    assertThat(device.device().castsVote()).isTrue();
    pass(2);
    assertThat(device.device().castsVote()).as("0.99 of 4 s after the answered echo").isFalse();
    assertThat(device.answered()).as("nobody waits for the silent one").isTrue();
    assertThat(log.getLast()).contains("silent for too long");
    answer();
    assertThat(device.device().castsVote()).as("an answer renews it").isTrue();
    pass(998);
    assertThat(device.device().castsVote()).isTrue();
    pass(2);
    assertThat(device.device().castsVote()).as("0.99 of 4 s after that question").isFalse();
    for (int i = 0; i < 9; i++) {
      pass(1000);
    }
    assertThat(said).contains("close");
    assertThat(device.sentences().getFirst()).contains("no answer for 8002 ms");
  }

  @Test
  void theEndOfTheConnectionEndsTheVote() {
    connect();
    hear(vote(1, 9));
    device.closed(connection, "closed by qnetd", now);
    assertThat(device.device().castsVote()).isFalse();
    assertThat(device.device().alive()).isFalse();
    pass(200);
    assertThat(last()).isEqualTo("open");
    connect();
    hear(vote(1, 9));
    assertThat(device.device().castsVote()).isTrue();
  }

  @Test
  void aSuspendedMachineDoesNotTrustTheVote() {
    connect();
    hear(vote(1, 9));
    pass(1);
    device.turn(now, now / MILLI + 60_000);
    assertThat(device.device().castsVote()).isFalse();
  }

  @Test
  void tlsIfOffered() {
    for (Tls tls : new Tls[] {Tls.ON, Tls.REQUIRED}) {
      said.clear();
      device = device(tls);
      device.start(now);
      device.ring(1, 9, BOTH, false);
      pass(0);
      device.opened(connection, now);
      hear(greeting(1));
      assertThat(last()).isEqualTo("tls");
      assertThat(said.get(2)).isEqualTo("000200000008" + "0000000400000002");
      device.secured(connection, now);
      assertThat(last()).startsWith("000300000093" + "0000000400000003");
    }
  }

  @Test
  void tlsThatDoesNotFit() {
    for (String[] each :
        new String[][] {
          {"OFF", "2", "it requires TLS"}, {"REQUIRED", "0", "it does not speak TLS"}
        }) {
      device = device(Tls.valueOf(each[0].toUpperCase(Locale.ROOT)));
      device.start(now);
      device.ring(1, 9, BOTH, false);
      pass(0);
      device.opened(connection, now);
      hear(greeting(Integer.parseInt(each[1])));
      assertThat(last()).isEqualTo("close");
      assertThat(device.sentences().getFirst()).contains(each[2]);
    }
  }

  @Test
  void nothingMayBeSaidBeforeTls() {
    device = device(Tls.ON);
    device.start(now);
    device.ring(1, 9, BOTH, false);
    pass(0);
    device.opened(connection, now);
    hear(greeting(1) + "0004");
    assertThat(said).doesNotContain("tls").endsWith("close");
  }

  @Test
  void refusalsAreSaid() {
    pass(0);
    device.opened(connection, now);
    hear(greeting(0));
    hear(INIT_REPLY.replace("000600020000", "00060002000f"));
    assertThat(device.sentences().getFirst()).contains("another quorum.device.net.tie_breaker");
    assertThat(device.device().alive()).isFalse();
  }

  @Test
  void strangersAreDropped() {
    for (String hex :
        new String[] {"485454502f31", "000d00000000", "ffff00000000", "0001000000010"}) {
      device = device(Tls.OFF);
      device.start(now);
      device.ring(1, 9, BOTH, false);
      pass(0);
      device.opened(connection, now);
      hear(hex.length() % 2 == 0 ? hex : hex + "0");
      assertThat(last()).as(hex).isEqualTo("close");
      assertThat(device.sentences().getFirst()).contains("does not speak corosync-qnetd's");
    }
  }

  @Test
  void nobodyIsAskedBeforeTheFirstRing() {
    said.clear();
    device = device(Tls.OFF);
    device.start(now);
    pass(1000);
    assertThat(said).isEmpty();
    device.ring(1, 5, ALONE, false);
    pass(0);
    assertThat(said).containsExactly("open");
  }

  @Test
  void leavingClosesTheConnection() {
    connect();
    hear(vote(1, 9));
    device.leave(now);
    assertThat(last()).isEqualTo("close");
    assertThat(device.device().castsVote()).isFalse();
    assertThat(device.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }
}
