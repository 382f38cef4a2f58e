package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.wire.KnetPacket;

/**
 * Somebody without the key sends again what a node has sent long ago. An old PING says that the
 * node has begun anew; the data that follows it must not be taken a second time.
 */
final class PingReplayTest {
  private static final long MILLI = LinkWorld.MILLI;

  private final LinkWorld world = new LinkWorld(2, Links.encrypted());
  private final Forger recorder = Links.encrypted().forger();

  @BeforeEach
  void theNodesHaveTalked() {
    world.run(1_000);
    for (int i = 0; i < 300; i++) {
      world.broadcast(1, LinkWorld.frame(100, i));
      world.run(1);
    }
    assertThat(world.node(2).frames).hasSize(300);
    world.node(2).frames.clear();
  }

  /** A PING as node 1 has sent it at that time, arrives at node 2 now. */
  private void ping(long time, int sequence, boolean timed) {
    byte[] packet = new byte[KnetPacket.PING_LENGTH];
    KnetPacket.writePing(packet, 0, 1, 0, time, 4711, sequence, timed);
    arrive(recorder.seal(packet));
  }

  /** Some data as node 1 has sent it. */
  private void data(int sequence) {
    arrive(recorder.data(1, sequence, LinkWorld.frame(100, sequence), 100));
  }

  private void arrive(byte[] datagram) {
    LinkWorld.Node node = world.node(2);
    if (node.transport.received(0, 1, datagram, 0, datagram.length, world.now)) {
      node.frames.add(datagram);
    }
  }

  @Test
  void anOldPingWithNoNumberDoesNotMakeOldDataNew() {
    ping(world.now - 900 * MILLI, 0, true);
    data(299);
    data(300);
    assertThat(world.node(2).frames).isEmpty();
    assertThat(world.node(2).drops(LinkDrop.DUPLICATE)).isEqualTo(2);
  }

  @Test
  void oldPingsThatAreBehindDoNotMakeOldDataNew() {
    ping(world.now - 250 * MILLI, 50, true);
    ping(world.now - 150 * MILLI, 150, true);
    data(299);
    assertThat(world.node(2).frames).isEmpty();
  }

  @Test
  void oldPingsOutOfTurnDoNotMakeOldDataNew() {
    ping(world.now - 250 * MILLI, 50, false);
    ping(world.now - 150 * MILLI, 150, false);
    data(299);
    assertThat(world.node(2).frames).isEmpty();
  }

  /** Whatever is sent again for as long as one likes: the living node's PINGs keep it out. */
  @Test
  void aLongReplayChangesNothing() {
    long begin = world.now;
    for (int i = 0; i < 100; i++) {
      ping(begin - 900 * MILLI + i, 0, true);
      data(300);
      world.run(17);
    }
    assertThat(world.node(2).frames).isEmpty();
  }

  /** The clock of a machine that was started again begins at 0. */
  @Test
  void aTimeThatGoesBackCountsWhenTheNewestIsThreePingsAgo() {
    PingTimes times = new PingTimes();
    long interval = 100;
    assertThat(times.isNews(7_000, 5, interval, 1_000)).isTrue();
    assertThat(times.isNews(7_000, 5, interval, 1_010)).isFalse();
    assertThat(times.isNews(7_000, 6, interval, 1_020)).isTrue();
    assertThat(times.isNews(3, 9, interval, 1_319)).isFalse();
    assertThat(times.isNews(4, 1, interval, 1_320)).isTrue();
    assertThat(times.isNews(3, 9, interval, 1_321)).isFalse();
    assertThat(times.isNews(5, 0, interval, 1_322)).isTrue();
  }

  /** One fragment of two. */
  private void fragment(int sequence, int which) {
    byte[] packet = new byte[KnetPacket.DATA_HEADER + 100];
    KnetPacket.writeDataHeader(packet, 0, 1, sequence, true, 2, which);
    arrive(recorder.seal(packet));
  }

  /** Data from far away comes through, as from a node that has begun anew, and does no harm. */
  @Test
  void dataFromFarAwayMakesNothingForgotten() {
    for (int i = 0; i < 20; i++) {
      fragment(301 + i, 1);
      data(20_000 + 5_000 * (i % 5));
      fragment(301 + i, 2);
      data(299);
      data(300);
    }
    assertThat(world.node(2).frames).hasSize(20 + 20);
    assertThat(world.node(2).drops(LinkDrop.DUPLICATE)).isEqualTo(40);
  }
}
