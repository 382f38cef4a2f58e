package org.ringward.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettingsYaml;
import org.ringward.core.group.RingStatus;
import org.ringward.core.link.Forger;
import org.ringward.core.link.LinkListener;
import org.ringward.core.link.Transport;
import org.ringward.core.link.Transports;
import org.ringward.core.totem.TotemState;

/** What a node that hears something strange says about it. */
class RingWatchTest {
  private static final long SECOND = 1_000_000_000L;
  private static final byte[] KEY = new byte[128];
  private static final byte[] OTHER_KEY = filled(7);

  private final List<String> log = new ArrayList<>();
  private final TreeMap<String, Long> counters = new TreeMap<>();
  private RingWatch watch = new RingWatch(settings(""), (_, text) -> log.add(text));
  private Transport transport = transport("");
  private long now = SECOND;
  private long wall = 1_700_000_000_000L;

  private static byte[] filled(int value) {
    byte[] key = new byte[128];
    Arrays.fill(key, (byte) value);
    return key;
  }

  private static NodeSettings settings(String totem) {
    return NodeSettingsYaml.read(
        "test.yaml",
        """
        cluster: demo
        nodes:
          - {name: n1, id: 1, address: 10.0.0.1}
          - {name: n2, id: 2, address: 10.0.0.2}
          - {name: n3, id: 3, address: 10.0.0.3}
        totem: {%s}
        """
            .formatted(totem),
        "n1");
  }

  private static Transport transport(String totem) {
    return Transports.of(settings(totem), KEY, 1, (_, _, _, _, _) -> {});
  }

  @BeforeEach
  void start() {
    transport.start(now);
    transport.listen(watch);
  }

  private void use(String totem) {
    watch = new RingWatch(settings(totem), (_, text) -> log.add(text));
    transport = transport(totem);
    start();
  }

  private void hear(int fromNode, byte[] datagram) {
    transport.received(0, fromNode, datagram, 0, datagram.length, now);
  }

  private RingStatus ring() {
    return new RingStatus(TotemState.OPERATIONAL, 1, 4, NodeSet.of(1), true, counters);
  }

  private void turnAfter(long nanos) {
    now += nanos;
    wall += nanos / 1_000_000;
    watch.turn(transport, this::ring, now, wall);
  }

  /** The warnings that are not about links which nobody answered yet. */
  private List<String> warnings() {
    return watch.warnings(transport, ring()).stream()
        .filter(each -> !each.endsWith("is down"))
        .toList();
  }

  @Test
  void nothingStrange() {
    turnAfter(SECOND);
    turnAfter(SECOND);
    assertThat(log).isEmpty();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aWrongKeyIsToldOnceAndThenOnceAMinute() {
    for (int i = 0; i < 12; i++) {
      hear(3, new Forger(OTHER_KEY).data(3, i, new byte[40], 40));
    }
    String sentence =
        " from n3 (10.0.0.3) on link 0 could not be authenticated: another key, cipher or hash"
            + " there, another cluster, or a forgery";
    turnAfter(SECOND);
    assertThat(log).containsExactly("12 packets" + sentence);
    hear(3, new Forger(OTHER_KEY).data(3, 13, new byte[40], 40));
    turnAfter(58 * SECOND);
    assertThat(log).as("within the minute").hasSize(1);
    assertThat(warnings()).as("status is up to date").containsExactly("13 packets" + sentence);
    turnAfter(2 * SECOND);
    assertThat(log).hasSize(2).last().isEqualTo("13 packets" + sentence);
    turnAfter(100 * SECOND);
    assertThat(log).as("nothing new").hasSize(2);
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void clearTrafficWhereItMustBeSealed() {
    hear(2, "\u0001\u0003\u0000\u0002 a packet of nobody".getBytes(StandardCharsets.ISO_8859_1));
    turnAfter(SECOND);
    assertThat(log)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("1 packet from n2 (10.0.0.2) on link 0");
  }

  @Test
  void sealedTrafficWhereItIsClear() {
    use("crypto_cipher: none, crypto_hash: none");
    hear(2, new Forger(OTHER_KEY).data(2, 1, new byte[40], 40));
    turnAfter(SECOND);
    assertThat(log).hasSize(1).first().asString().contains("encrypted there and not here");
  }

  @Test
  void anotherClustersAddress() {
    hear(0, new Forger(OTHER_KEY).data(9, 1, new byte[40], 40));
    turnAfter(SECOND);
    assertThat(log)
        .containsExactly(
            "1 packet from an address that is not in the node list on link 0 came from no"
                + " configured node: another cluster on this port, or the node list differs");
  }

  @Test
  void anIdInUseTwice() {
    hear(3, new Forger(KEY).data(1, 1, new byte[40], 40));
    hear(3, new Forger(KEY).data(2, 1, new byte[40], 40));
    turnAfter(SECOND);
    assertThat(log)
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("node id 1 is in use twice"))
        .anySatisfy(line -> assertThat(line).contains("had another node's id"));
  }

  @Test
  void otherNodesAreToldApart() {
    hear(2, new Forger(OTHER_KEY).data(2, 1, new byte[40], 40));
    hear(3, new Forger(OTHER_KEY).data(3, 1, new byte[40], 40));
    turnAfter(SECOND);
    assertThat(log).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void clockJumps() {
    turnAfter(SECOND);
    turnAfter(600 * SECOND);
    assertThat(log).as("time that just passed").isEmpty();
    wall += 3_600_000;
    turnAfter(SECOND / 100);
    assertThat(log)
        .containsExactly(
            "the wall clock was set once, last by 3600000 ms forward; the ring does not use it, but"
                + " time stamps of the log and the history do");
    wall -= 5_000;
    turnAfter(61 * SECOND);
    assertThat(log).hasSize(2).last().asString().contains("2 times, last by 5000 ms back");
    wall += 900;
    turnAfter(61 * SECOND);
    assertThat(log).as("time synchronisation at work").hasSize(2);
    assertThat(warnings()).hasSize(1);
  }

  @Test
  void strangeFrames() {
    counters.put("frames-malformed", 1L);
    counters.put("frames-of-unknown-nodes", 4L);
    turnAfter(SECOND);
    assertThat(log)
        .containsExactly(
            "heard once: a frame that is no Totem frame: another program on this port, or a broken"
                + " network",
            "heard 4 times: a frame of nodes that are not configured: another cluster, or the node"
                + " lists differ");
  }

  @Test
  void linksAreToldByName() {
    watch.linkUp(2, 0);
    watch.linkDown(3, 0, LinkListener.Cause.REFUSED);
    watch.mtuChanged(2, 0, 1400);
    assertThat(log)
        .containsExactly(
            "link 0 to n2 is up",
            "link 0 to n3 is down: nobody listens there",
            "packets of up to 1400 bytes reach n2 on link 0");
    assertThat(watch.warnings(transport, ring()))
        .containsExactly("link 0 to n2 is down", "link 0 to n3 is down");
  }

  /** Strangers fill neither memory nor log. */
  @Test
  void aFloodIsBounded() {
    for (int i = 0; i < 100_000; i++) {
      hear(i % 5000, new byte[] {(byte) i, 1, 2, 3});
    }
    turnAfter(SECOND);
    assertThat(log).hasSizeBetween(1, 256);
  }
}
