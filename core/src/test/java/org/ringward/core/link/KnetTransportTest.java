package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.config.LinkSettings.Cipher;
import org.ringward.core.config.LinkSettings.Hash;
import org.ringward.core.config.LinkSettings.Mode;
import org.ringward.core.wire.KnetPacket;

final class KnetTransportTest {
  private static byte[] frame(int length, int number) {
    return LinkWorld.frame(length, number);
  }

  @Test
  void linksAreUpSoonAfterBothNodesAreThere() {
    LinkWorld world = new LinkWorld(3, Links.encrypted());
    world.run(100);
    for (int a = 1; a <= 3; a++) {
      for (int b = 1; b <= 3; b++) {
        assertThat(a == b || world.node(a).isUp(0, b)).isTrue();
      }
    }
  }

  @Test
  void answersAreWaitedForAsLongAsTheLeastTimeoutOfALink() {
    assertThat(Links.clear().node(1, 2).transport.answersWithin())
        .isEqualTo(Links.TIMEOUT * Links.MILLI);
    assertThat(Links.clear().node(1, 1).transport.answersWithin()).isEqualTo(Long.MAX_VALUE);
  }

  /** A node that is awake anyway need not be woken for its PINGs soon after. */
  @Test
  void pingsThatAreSoonDueGoWhenTheNodeIsAwake() {
    Links.Node node = Links.clear().node(1, 2);
    node.transport.start(0);
    node.bringUp(2);
    long due = node.now + Links.INTERVAL * Links.MILLI;
    long early = Links.INTERVAL * Links.MILLI / 8;
    node.sent.clear();
    node.transport.expire(due - early - 1);
    assertThat(node.packets(KnetPacket.PING)).isEmpty();
    assertThat(node.transport.nextDeadline()).isLessThanOrEqualTo(due);
    node.transport.expire(due - early);
    assertThat(node.packets(KnetPacket.PING)).hasSize(1);
    node.transport.expire(due);
    assertThat(node.packets(KnetPacket.PING)).hasSize(1);
  }

  /** Also when one has been waiting for the other for hours. */
  @Test
  void aLateNodeIsUpSoon() {
    LinkWorld world = new LinkWorld(2, Links.encrypted());
    world.node(2).running = false;
    world.run(3_600_000);
    int before = world.node(1).sent;
    world.run(10_000);
    assertThat(world.node(1).sent - before).isBetween(99, 101);
    world.restart(2, Links.encrypted());
    world.run(100);
    assertThat(world.node(1).isUp(0, 2)).isTrue();
    assertThat(world.node(2).isUp(0, 1)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 100, 1_408, 1_409, 1_410, 8_192, 65_491, 65_536})
  void framesOfAllLengthsArriveOnceAtAll(int length) {
    for (Links links : new Links[] {Links.clear(), Links.encrypted()}) {
      LinkWorld world = new LinkWorld(3, links);
      world.run(1_000);
      byte[] frame = frame(length, length);
      world.broadcast(1, frame);
      world.run(10);
      assertThat(world.node(2).frames).containsExactly(frame);
      assertThat(world.node(3).frames).containsExactly(frame);
      assertThat(world.node(1).frames).isEmpty();
    }
  }

  /** The golden packets of the reference have the header the way corosync writes it. */
  @Test
  void packetsHaveCorosyncsForm() {
    Links.Node node = Links.clear().knetMtu(536).node(1, 2);
    node.transport.start(0);
    node.bringUp(2);
    node.sent.clear();
    node.transport.broadcast(frame(13, 1), 13);
    node.transport.send(2, frame(13, 1), 13);
    node.transport.broadcast(frame(600, 1), 600);
    byte[] whole = node.sent.get(0).bytes();
    assertThat(Arrays.copyOf(whole, 14)).containsExactly(1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0);
    byte[] unicast = node.sent.get(1).bytes();
    assertThat(Arrays.copyOf(unicast, 14))
        .containsExactly(1, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0);
    assertThat(Arrays.copyOfRange(unicast, 14 + 9, 14 + 13)).containsExactly(2, 0, 0, 0);
    assertThat(Arrays.copyOf(node.sent.get(2).bytes(), 14))
        .containsExactly(1, 0, 0, 1, 0, 0, 0, 3, 0, 0, 1, 2, 1, 0);
    assertThat(Arrays.copyOf(node.sent.get(3).bytes(), 14))
        .containsExactly(1, 0, 0, 1, 0, 0, 0, 3, 0, 0, 1, 2, 2, 0);
    assertThat(node.sent.get(2).bytes()).hasSize(536 - 28);
  }

  @Test
  void nothingGoesToWhomNobodyHasHeard() {
    Links.Node node = Links.clear().node(1, 3);
    node.transport.start(0);
    node.bringUp(2);
    node.sent.clear();
    node.transport.broadcast(frame(100, 1), 100);
    assertThat(node.sent).extracting(Links.Sent::to).containsExactly(2);
    node.transport.send(3, frame(100, 1), 100);
    assertThat(node.sent).hasSize(1);
  }

  @Test
  void dataOfAnUnheardNodeIsDropped() {
    Links.Node node = Links.clear().node(1, 2);
    node.transport.start(0);
    byte[] data = node.forger.data(2, 1, frame(20, 1), 20);
    assertThat(node.receive(0, 2, data)).isFalse();
    assertThat(node.transport.drops().get(LinkDrop.SENDER_NOT_REACHABLE)).isEqualTo(1);
    node.bringUp(2);
    assertThat(node.receive(0, 2, data)).isTrue();
  }

  @Test
  void aFrameForAnotherNodeIsDropped() {
    Links.Node node = Links.clear().node(1, 3);
    node.transport.start(0);
    node.bringUp(2);
    byte[] frame = frame(20, 1);
    frame[9] = 3;
    assertThat(node.receive(0, 2, node.forger.data(2, 1, frame, 20))).isFalse();
    assertThat(node.transport.drops().get(LinkDrop.OTHER_TARGET)).isEqualTo(1);
    frame[9] = 1;
    assertThat(node.receive(0, 2, node.forger.data(2, 2, frame, 20))).isTrue();
  }

  @Test
  void aSilentLinkGoesDownAfterTheTimeoutAndDataWithIt() {
    LinkWorld world = new LinkWorld(2, Links.clear());
    world.run(20_000);
    world.cut(0, 1, 2, true);
    world.run(Links.TIMEOUT - Links.INTERVAL - 10);
    assertThat(world.node(1).isUp(0, 2)).isTrue();
    world.run(Links.INTERVAL + 20);
    assertThat(world.node(1).isUp(0, 2)).isFalse();
    assertThat(world.node(1).told).containsExactly("up 2.0", "down 2.0 SILENT");
    world.cut(0, 1, 2, false);
    world.run(150);
    assertThat(world.node(1).isUp(0, 2)).isTrue();
  }

  /** Three answers bring a link up, not two. */
  @Test
  void pongCountIsTheHysteresis() {
    Links.Node node = Links.clear().node(1, 2);
    node.transport.start(0);
    node.pass(10);
    node.answerPings(0, 2);
    node.pass(25);
    node.answerPings(0, 2);
    assertThat(node.isUp(0, 2)).isFalse();
    node.pass(25);
    node.answerPings(0, 2);
    assertThat(node.isUp(0, 2)).isTrue();
  }

  /** For a while after it went down a link is given more time. */
  @Test
  void aLinkThatWasDownIsGivenMoreTime() {
    LinkWorld world = new LinkWorld(2, Links.clear());
    world.run(20_000);
    world.cut(0, 1, 2, true);
    world.run(400);
    world.cut(0, 1, 2, false);
    world.run(600);
    assertThat(world.node(1).isUp(0, 2)).isTrue();
    world.cut(0, 1, 2, true);
    world.run(5 * Links.TIMEOUT);
    assertThat(world.node(1).isUp(0, 2)).isTrue();
    world.run(8 * Links.TIMEOUT);
    assertThat(world.node(1).isUp(0, 2)).isFalse();
  }

  @Test
  void aOneWayCutTakesTheLinkDownOnBothSides() {
    LinkWorld world = new LinkWorld(2, Links.clear());
    world.run(20_000);
    world.cutOneWay(0, 1, 2, true);
    world.run(1_000);
    assertThat(world.node(1).isUp(0, 2)).isFalse();
    assertThat(world.node(2).isUp(0, 1)).isFalse();
    int before = world.node(1).sent;
    world.run(60_000);
    assertThat(world.node(1).sent - before).isLessThan(60 * 15 * 2);
  }

  @Test
  void aRefusalTakesTheLinkDownAtOnce() {
    LinkWorld world = new LinkWorld(2, Links.clear());
    world.run(1_000);
    assertThat(world.node(1).transport.refused(0, 2, world.now)).isTrue();
    assertThat(world.node(1).isUp(0, 2)).isFalse();
    assertThat(world.node(1).told).contains("down 2.0 REFUSED");
    assertThat(world.node(1).transport.refused(0, 9, world.now)).isFalse();
    assertThat(world.node(1).transport.refused(5, 2, world.now)).isFalse();
    world.run(100);
    assertThat(world.node(1).isUp(0, 2)).isTrue();
  }

  @Test
  void aNodeIsGoneWhenAllItsLinksRefuse() {
    LinkWorld world = new LinkWorld(2, Links.clear().priorities(1, 1));
    world.run(1_000);
    LinkWorld.Node one = world.node(1);
    int before = one.sentOnLink[1];
    assertThat(one.transport.refused(0, 2, world.now)).isFalse();
    one.transport.expire(world.now);
    assertThat(one.sentOnLink[1]).as("the other link is asked").isEqualTo(before + 1);
    assertThat(one.transport.refused(1, 2, world.now)).isTrue();
  }

  /** What a node did not hear while it stood still is no silence. */
  @Test
  void aPauseOfThisNodeTakesNoLinkDown() {
    LinkWorld world = new LinkWorld(2, Links.clear());
    world.run(20_000);
    LinkWorld.Node one = world.node(1);
    one.running = false;
    world.run(5_000);
    one.running = true;
    world.run(1_000);
    assertThat(one.told).containsExactly("up 2.0");
  }

  @Test
  void passiveUsesTheLinkOfHighestPriorityThatIsUp() {
    LinkWorld world = new LinkWorld(2, Links.clear().priorities(1, 5, 5));
    world.run(20_000);
    assertThat(dataLinks(world, 10)).containsExactly(0, 10, 0);
    world.cut(1, 1, 2, true);
    world.run(500);
    assertThat(dataLinks(world, 10)).containsExactly(0, 0, 10);
    world.cut(2, 1, 2, true);
    world.run(500);
    assertThat(dataLinks(world, 10)).containsExactly(10, 0, 0);
    world.cut(1, 1, 2, false);
    world.run(500);
    assertThat(dataLinks(world, 10)).containsExactly(0, 10, 0);
    assertThat(world.node(2).frames).hasSize(40);
  }

  @Test
  void activeUsesAllLinksAndEachFrameArrivesOnce() {
    LinkWorld world = new LinkWorld(2, Links.encrypted().mode(Mode.ACTIVE).priorities(1, 5, 5));
    world.run(1_000);
    assertThat(dataLinks(world, 10)).containsExactly(10, 10, 10);
    assertThat(world.node(2).frames).hasSize(10);
    assertThat(world.node(2).drops(LinkDrop.DUPLICATE)).isEqualTo(20);
    world.broadcast(1, frame(20_000, 3));
    world.run(10);
    assertThat(world.node(2).frames.getLast()).isEqualTo(frame(20_000, 3));
    assertThat(world.node(2).frames).hasSize(11);
  }

  @Test
  void roundRobinTakesTurns() {
    LinkWorld world = new LinkWorld(2, Links.encrypted().mode(Mode.RR).priorities(1, 5, 5));
    world.run(1_000);
    assertThat(dataLinks(world, 30)).containsExactly(10, 10, 10);
    world.broadcast(1, frame(20_000, 3));
    world.run(10);
    assertThat(world.node(2).frames.getLast()).isEqualTo(frame(20_000, 3));
    world.cut(1, 1, 2, true);
    world.run(500);
    assertThat(dataLinks(world, 30)).containsExactly(15, 0, 15);
  }

  private static long[] dataLinks(LinkWorld world, int frames) {
    LinkWorld.Node one = world.node(1);
    long[] before = one.transport.links().stream().mapToLong(LinkStatus::dataPacketsSent).toArray();
    for (int i = 0; i < frames; i++) {
      world.broadcast(1, frame(100, i));
    }
    long[] after = one.transport.links().stream().mapToLong(LinkStatus::dataPacketsSent).toArray();
    world.run(5);
    for (int i = 0; i < after.length; i++) {
      after[i] -= before[i];
    }
    return after;
  }

  @Test
  void pathMtuIsFoundAndUsed() {
    LinkWorld world = new LinkWorld(2, Links.encrypted());
    world.datagramMax = 9_000 - 28;
    world.node(1).tellsMtu = true;
    world.run(100);
    assertThat(world.node(1).status(0, 2).mtu()).isEqualTo(9_000);
    world.datagramMax = 1_472;
    world.run(60_000);
    assertThat(world.node(1).status(0, 2).mtu()).isEqualTo(1_500);
    assertThat(world.node(1).told).containsExactly("up 2.0", "mtu 9000 of 2.0", "mtu 1500 of 2.0");
    assertThat(world.node(1).transport.wholeFrameMax()).isEqualTo(1_423 - 14);
  }

  @Test
  void theSmallestPathDecides() {
    LinkWorld world = new LinkWorld(2, Links.clear().priorities(1, 1).mode(Mode.ACTIVE));
    world.run(1_000);
    assertThat(world.node(1).transport.wholeFrameMax()).isEqualTo(1_500 - 28 - 14);
    assertThat(new LinkWorld(2, Links.clear()).node(1).transport.wholeFrameMax())
        .as("cautious before anything is known")
        .isLessThan(500);
    LinkWorld fixed = new LinkWorld(2, Links.clear().knetMtu(1_000));
    fixed.run(100);
    assertThat(fixed.node(1).transport.wholeFrameMax()).isEqualTo(1_000 - 28 - 14);
  }

  /** PONGs and sizes that nobody asked for change nothing. */
  @Test
  void unaskedAnswersAreDropped() {
    Links.Node node = Links.clear().node(1, 2);
    node.transport.start(0);
    byte[] ping = new byte[KnetPacket.PING_LENGTH];
    KnetPacket.writePing(ping, 0, 1, 0, 0, 1234, 0, true);
    byte[] pong = new byte[KnetPacket.PING_LENGTH];
    KnetPacket.writePong(pong, 0, 2, ping, 0);
    for (int i = 0; i < 5; i++) {
      node.receive(0, 2, pong);
    }
    assertThat(node.isUp(0, 2)).isFalse();
    assertThat(node.transport.drops().get(LinkDrop.STALE_ANSWER)).isEqualTo(5);
  }

  @Test
  void questionsAreAnsweredFromTheFirstMoment() {
    Links.Node node = Links.encrypted().node(1, 2);
    node.transport.start(0);
    byte[] question = new byte[1_000];
    KnetPacket.writePmtud(question, 0, 1_000, 2, 0, 0x1234);
    node.receive(0, 2, node.forger.seal(question));
    byte[] reply = node.packets(KnetPacket.PMTUD_REPLY).getFirst();
    assertThat(reply).containsExactly(1, 0x84, 0, 1, 0, 0, 0, 0x34, 0x12);
    byte[] ping = new byte[KnetPacket.PING_LENGTH];
    new SplittableRandom(1).nextBytes(ping);
    KnetPacket.writePing(ping, 0, 2, 0, 77, 88, 99, false);
    node.receive(0, 2, node.forger.seal(ping));
    byte[] pong = node.packets(KnetPacket.PONG).getFirst();
    assertThat(Arrays.copyOfRange(pong, 6, 26)).isEqualTo(Arrays.copyOfRange(ping, 6, 26));
  }

  /** A thread that stands in answers questions and leaves all else alone. */
  @Test
  void questionsAreAnsweredWhileAFrameIsRead() {
    Links.Node node = Links.encrypted().node(1, 2);
    node.transport.start(0);
    node.bringUp(2);
    node.sent.clear();
    byte[] frame = frame(1_000, 5);
    assertThat(node.receive(0, 2, node.forger.data(2, 1, frame, 1_000))).isTrue();
    byte[] ping = new byte[KnetPacket.PING_LENGTH];
    KnetPacket.writePing(ping, 0, 2, 0, 77, 88, 99, true);
    assertThat(answer(node, node.forger.seal(ping))).isTrue();
    byte[] question = new byte[1_200];
    KnetPacket.writePmtud(question, 0, 1_200, 2, 0, 0x1234);
    assertThat(answer(node, node.forger.seal(question))).isTrue();
    assertThat(node.packets(KnetPacket.PONG)).hasSize(1);
    assertThat(node.packets(KnetPacket.PMTUD_REPLY)).hasSize(1);
    byte[] pong = new byte[KnetPacket.PING_LENGTH];
    KnetPacket.writePong(pong, 0, 2, ping, 0);
    assertThat(answer(node, node.forger.seal(pong))).isFalse();
    byte[] data = node.forger.data(2, 2, frame(50, 1), 50);
    assertThat(answer(node, data)).isFalse();
    assertThat(answer(node, new byte[100])).isFalse();
    assertThat(node.sent).hasSize(2);
    int at = node.transport.frameOffset();
    assertThat(Arrays.copyOfRange(node.transport.frame(), at, at + 1_000)).isEqualTo(frame);
    assertThat(node.receive(0, 2, data)).isTrue();
  }

  private static boolean answer(Links.Node node, byte[] datagram) {
    return node.transport.answer(0, 2, datagram, 0, datagram.length);
  }

  @Test
  void aRestartedNodeIsHeardAtOnce() {
    LinkWorld world = new LinkWorld(2, Links.encrypted());
    world.run(1_000);
    for (int i = 0; i < 300; i++) {
      world.broadcast(1, frame(100, i));
      world.run(1);
    }
    world.restart(1, Links.encrypted());
    world.run(100);
    world.node(2).frames.clear();
    for (int i = 0; i < 5; i++) {
      world.broadcast(1, frame(100, i));
    }
    world.run(10);
    assertThat(world.node(2).frames).hasSize(5);
  }

  /** The PINGs that say that it has sent nothing yet are lost: the later ones tell it too. */
  @Test
  void aNodeThatBeganAnewUnheardIsHeard() {
    LinkWorld world = new LinkWorld(3, Links.encrypted());
    world.run(1_000);
    for (int i = 0; i < 300; i++) {
      world.broadcast(1, frame(100, i));
      world.run(1);
    }
    world.cutOneWay(0, 1, 2, true);
    world.restart(1, Links.encrypted());
    world.run(200);
    for (int i = 0; i < 20; i++) {
      world.broadcast(1, frame(100, i));
      world.run(1);
    }
    world.cutOneWay(0, 1, 2, false);
    world.run(1_000);
    assertThat(world.node(1).isUp(0, 2)).isTrue();
    world.node(2).frames.clear();
    for (int i = 0; i < 5; i++) {
      world.broadcast(1, frame(100, i));
    }
    world.run(10);
    assertThat(world.node(2).frames).hasSize(5);
  }

  @Test
  void everyFragmentOfALossyLinkOrNothing() {
    LinkWorld world = new LinkWorld(2, Links.encrypted());
    world.run(1_000);
    world.loss = 0.05;
    for (int i = 0; i < 2_000; i++) {
      world.broadcast(1, frame(1 + 13 + i * 5, i));
      world.run(2);
    }
    assertThat(world.node(2).frames.size()).isBetween(1_000, 1_999);
    for (byte[] frame : world.node(2).frames) {
      assertThat(frame).isEqualTo(frame(frame.length, (frame.length - 14) / 5));
    }
    assertThat(world.node(2).drops(LinkDrop.MALFORMED)).isZero();
  }

  /** Numbers go round after 65,535 frames, and every 8,191 frames everybody is told. */
  @Test
  void numbersGoRound() {
    LinkWorld world = new LinkWorld(2, Links.clear());
    world.run(1_000);
    int pings = world.node(1).sent;
    for (int i = 0; i < 70_000; i++) {
      world.broadcast(1, frame(20, i));
      if (i % 100 == 0) {
        world.run(1);
      }
    }
    world.run(10);
    assertThat(world.node(2).frames).hasSize(70_000);
    assertThat(world.node(2).drops(LinkDrop.DUPLICATE)).isZero();
    assertThat(world.node(1).sent - pings).isGreaterThan(70_000 + 8);
  }

  @Test
  void strangersAreDropped() {
    Links.Node node = Links.encrypted().node(1, 3);
    node.transport.start(0);
    node.bringUp(2);
    byte[] data = node.forger.data(2, 1, frame(20, 1), 20);
    assertDropped(node, 0, 0, data, LinkDrop.UNKNOWN_SENDER);
    assertDropped(node, 0, 3, data, LinkDrop.WRONG_ADDRESS);
    assertDropped(node, 1, 2, data, LinkDrop.UNKNOWN_LINK);
    assertDropped(node, 0, 2, node.forger.data(9, 1, frame(20, 1), 20), LinkDrop.UNKNOWN_SENDER);
    assertDropped(node, 0, 2, node.forger.data(1, 1, frame(20, 1), 20), LinkDrop.OWN_SENDER);
    byte[] otherKey = new byte[128];
    otherKey[5] = 1;
    byte[] forged = new Forger(otherKey).data(2, 1, frame(20, 1), 20);
    assertDropped(node, 0, 2, forged, LinkDrop.BAD_SEAL);
    byte[] clear = new Forger(Cipher.NONE, Hash.NONE, otherKey).data(2, 1, frame(20, 1), 20);
    assertDropped(node, 0, 2, clear, LinkDrop.CLEAR_TRAFFIC);
    byte[] weaker = new Forger(Cipher.AES128, Hash.SHA256, new byte[128]).data(2, 1, data, 50);
    node.receive(0, 2, weaker);
    assertThat(node.receive(0, 2, data)).isTrue();
    assertThat(node.receive(0, 2, data)).isFalse();
    assertThat(node.transport.drops().get(LinkDrop.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void malformedPacketsOfSomeoneWithTheKeyAreDropped() {
    Links.Node node = Links.encrypted().node(1, 3);
    node.transport.start(0);
    node.bringUp(2);
    assertPacketDropped(node, LinkDrop.TOO_SHORT, 1, 0x81, 0, 2, 0, 0);
    assertPacketDropped(node, LinkDrop.WRONG_VERSION, 2, 0x81, 0, 2, 0, 0, 0);
    assertPacketDropped(node, LinkDrop.TOO_SHORT, 1, 0x81, 0, 2, 0, 0, 0);
    assertPacketDropped(node, LinkDrop.TOO_SHORT, 1, 0x82, 0, 2, 0, 0, 0);
    assertPacketDropped(node, LinkDrop.TOO_SHORT, 1, 0x83, 0, 2, 0, 0, 0);
    assertPacketDropped(node, LinkDrop.TOO_SHORT, 1, 0x84, 0, 2, 0, 0, 0);
    assertPacketDropped(node, LinkDrop.UNKNOWN_LINK, 1, 0x81, 0, 2, 0, 0, 1);
    assertPacketDropped(node, LinkDrop.UNKNOWN_LINK, 1, 0x81, 0, 2, 0, 0, 8);
    assertPacketDropped(node, LinkDrop.UNKNOWN_LINK, 1, 0x84, 0, 2, 0, 0, 255, 1, 1);
    assertPacketDropped(node, LinkDrop.UNKNOWN_TYPE, 1, 0x85, 0, 2, 0, 0, 0, 1, 1);
    assertPacketDropped(node, LinkDrop.MALFORMED, 1, 0, 0, 2, 0, 0, 0);
    assertPacketDropped(node, LinkDrop.MALFORMED, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0);
    assertPacketDropped(node, LinkDrop.MALFORMED, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 9);
    assertPacketDropped(node, LinkDrop.MALFORMED, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 9);
    assertPacketDropped(node, LinkDrop.MALFORMED, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 2, 0, 0, 9);
    assertPacketDropped(node, LinkDrop.MALFORMED, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 2, 3, 0, 9);
    assertPacketDropped(node, LinkDrop.COMPRESSED, 1, 0, 0, 2, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0, 9);
    assertPacketDropped(
        node, LinkDrop.FOREIGN_CHANNEL, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 9);
  }

  private static void assertPacketDropped(Links.Node node, LinkDrop reason, int... packet) {
    byte[] bytes = new byte[packet.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) packet[i];
    }
    assertDropped(node, 0, 2, node.forger.seal(bytes), reason);
  }

  private static void assertDropped(
      Links.Node node, int link, int from, byte[] datagram, LinkDrop reason) {
    long before = node.transport.drops().get(reason);
    node.sent.clear();
    assertThat(node.receive(link, from, datagram)).isFalse();
    assertThat(node.transport.drops().get(reason)).as("%s", reason).isEqualTo(before + 1);
    assertThat(node.sent).isEmpty();
  }

  /** Without the access list strangers' questions are answered, at the node's own address. */
  @Test
  void unlistedAddressesMayAsk() {
    Links.Node node = Links.clear().acceptUnlisted().node(1, 2);
    node.transport.start(0);
    byte[] ping = new byte[KnetPacket.PING_LENGTH];
    KnetPacket.writePing(ping, 0, 2, 0, 1, 2, 0, true);
    node.receive(0, 0, ping);
    assertThat(node.packets(KnetPacket.PONG)).hasSize(1);
    node.bringUp(2);
    byte[] data = node.forger.data(2, 1, frame(20, 1), 20);
    assertDropped(node, 0, 0, data, LinkDrop.WRONG_ADDRESS);
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true"})
  void keysChangeWithoutLoss(boolean encryptedBefore, boolean encryptedAfter) {
    LinkWorld world = new LinkWorld(2, encryptedBefore ? Links.encrypted() : Links.clear());
    world.run(1_000);
    byte[] newKey = new byte[200];
    Arrays.fill(newKey, (byte) 7);
    for (LinkWorld.Node each : world.nodes) {
      each.transport.loadKey(
          encryptedAfter ? Cipher.AES128 : Cipher.NONE,
          encryptedAfter ? Hash.SHA512 : Hash.NONE,
          newKey);
      exchange(world);
    }
    assertThat(world.node(1).transport.isLoadedKeyUsed()).isFalse();
    for (LinkWorld.Node each : world.nodes) {
      each.transport.activateKey();
      exchange(world);
      // Node 1 was the first; what is clear tells nothing, anybody can send it.
      boolean second = each.id == 1 && encryptedAfter;
      assertThat(world.node(2).transport.isLoadedKeyUsed()).isEqualTo(second);
    }
    for (LinkWorld.Node each : world.nodes) {
      each.transport.clearOldKey();
      exchange(world);
    }
    world.run(1_000);
    assertThat(world.node(1).told).containsExactly("up 2.0");
    byte[] old =
        (encryptedBefore ? Links.encrypted() : Links.clear())
            .forger()
            .data(2, 60_000, frame(20, 1), 20);
    world.node(1).frames.clear();
    assertThat(world.node(1).transport.received(0, 2, old, 0, old.length, world.now)).isFalse();
  }

  private static void exchange(LinkWorld world) {
    world.node(1).frames.clear();
    world.node(2).frames.clear();
    for (int i = 0; i < 10; i++) {
      world.broadcast(1, frame(3_000, i));
      world.broadcast(2, frame(50, i));
    }
    world.run(10);
    assertThat(world.node(1).frames).hasSize(10);
    assertThat(world.node(2).frames).hasSize(10);
  }

  @Test
  void suspiciousDropsAreCountedWithTheirSource() {
    LinkWorld world = new LinkWorld(2, Links.encrypted());
    world.run(100);
    LinkWorld.Node one = world.node(1);
    byte[] garbage = new byte[80];
    for (int i = 0; i < 5; i++) {
      one.transport.received(0, 2, garbage, 0, 80, world.now);
    }
    assertThat(one.drops(LinkDrop.BAD_SEAL)).isEqualTo(5);
    List<String> seen = new ArrayList<>();
    one.transport
        .drops()
        .forEach((reason, link, node, count) ->
            seen.add(reason + " " + node + "." + link + " " + count));
    assertThat(seen).containsExactly("BAD_SEAL 2.0 5");
  }

  @Test
  void linksAndNodesComeAndGoWithoutTouchingOthers() {
    Links links = Links.clear().priorities(1);
    LinkWorld world = new LinkWorld(3, links);
    world.run(1_000);
    Links two = Links.clear().priorities(1, 5);
    for (LinkWorld.Node each : world.nodes) {
      each.transport.reconfigure(two.settings(each.id, 1, 2, 3), world.now);
    }
    world.run(200);
    assertThat(world.node(1).told)
        .containsExactlyInAnyOrder("up 2.0", "up 3.0", "up 2.1", "up 3.1");
    assertThat(dataLinks(world, 1)).containsExactly(0, 1, 0, 1);
    Links second = Links.clear().priorities(-1, 5);
    world.node(1).transport.reconfigure(second.settings(1, 1, 2), world.now);
    assertThat(world.node(1).transport.links())
        .singleElement()
        .matches(link -> link.node() == 2 && link.link() == 1 && link.connected());
    assertThat(world.node(1).told)
        .contains("down 2.0 REMOVED", "down 3.0 REMOVED", "down 3.1 REMOVED");
    world.node(2).frames.clear();
    world.broadcast(1, frame(100, 1));
    world.run(5);
    assertThat(world.node(2).frames).hasSize(1);
    assertThat(world.node(3).frames).hasSize(1);
    world.node(1).transport.reconfigure(two.settings(1, 1, 2, 3), world.now);
    world.run(200);
    assertThat(world.node(1).transport.links()).allMatch(LinkStatus::connected).hasSize(4);
  }

  @Test
  void statusTellsLatencyAndCounts() {
    LinkWorld world = new LinkWorld(2, Links.clear());
    world.delayMin = 2_000_000;
    world.delayMax = 3_000_000;
    world.run(10_000);
    world.broadcast(1, frame(5_000, 1));
    world.run(10);
    LinkStatus sender = world.node(1).status(0, 2);
    LinkStatus receiver = world.node(2).status(0, 1);
    assertThat(sender.latencyMean()).isBetween(4_000_000L, 6_000_000L);
    assertThat(sender.latencyMax()).isBetween(sender.latencyMean(), 6_000_000L);
    assertThat(sender.dataPacketsSent()).isEqualTo(4);
    assertThat(sender.dataBytesSent()).isEqualTo(5_000 + 4 * 14);
    assertThat(receiver.dataPacketsReceived()).isEqualTo(4);
    assertThat(receiver.dataBytesReceived()).isEqualTo(5_000 + 4 * 14);
    assertThat(sender.pingsSent()).isBetween(100L, 110L);
    assertThat(sender.pongsReceived()).isBetween(100L, 110L);
    assertThat(sender.carriesData()).isTrue();
    assertThat(sender.mtuKnown()).isTrue();
  }

  /** Nothing that someone with the key sends makes it throw or takes the link away. */
  @Test
  void anythingGoes() {
    SplittableRandom random = new SplittableRandom(9);
    Links.Node node = Links.clear().priorities(1, 1).node(1, 3);
    node.transport.start(0);
    node.bringUp(2);
    for (int i = 0; i < 400_000; i++) {
      byte[] packet = new byte[random.nextInt(60)];
      random.nextBytes(packet);
      if (packet.length > 12 && random.nextInt(10) > 0) {
        packet[0] = 1;
        packet[1] = (byte) (random.nextInt(4) == 0 ? 0x81 + random.nextInt(4) : 0);
        packet[2] = 0;
        packet[3] = (byte) (1 + random.nextInt(4));
        packet[8] = 0;
        packet[11] = (byte) random.nextInt(4);
      }
      node.receive(random.nextInt(3), random.nextInt(4), packet);
      node.sent.clear();
    }
    assertThat(node.isUp(0, 2)).isTrue();
  }
}
