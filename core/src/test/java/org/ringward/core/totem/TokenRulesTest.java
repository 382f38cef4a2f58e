package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.config.TotemTimes;
import org.ringward.core.wire.FrameKind;

/** What a node does with a token (reference/totem-srp.md, 8.6, 9, 10, 11), rule by rule. */
final class TokenRulesTest {
  private static final TotemSettings USUAL = TotemSettings.DEFAULT;
  private static final TotemTimes TIMES = TotemTimes.of(USUAL, 3);

  /** Node 2 of the ring of 1, 2, 3. */
  private final PlayedRing ring = new PlayedRing(2, USUAL);

  private void wants(int count) {
    IntStream.range(0, count).forEach(i -> ring.node.waiting.add(("w" + i).getBytes()));
  }

  @Test
  void aTokenIsPassedToTheNextMemberWithTheNextNumber() {
    int before = ring.token.tokenSeq;
    assertThat(ring.visit()).isTrue();
    assertThat(ring.token.tokenSeq).isEqualTo(before + 3);
    assertThat(ring.token.nodeId).isEqualTo(2);
    assertThat(ring.sent(FrameKind.ORF_TOKEN)).extracting(TotemWorld.Sent::to).containsExactly(3);
  }

  @Test
  void aTokenThatWasSeenOrIsOfAnotherRingIsDropped() {
    ring.visit();
    ring.token.tokenSeq -= 3;
    assertThat(ring.visit()).as("seen").isFalse();
    ring.token.tokenSeq += 3;
    ring.token.ringSequence += 4;
    assertThat(ring.visit()).as("foreign").isFalse();
    ring.token.ringSequence -= 4;
    assertThat(ring.visit()).isTrue();
  }

  @Test
  void aTokenThatClaimsLessOrFarMoreThanCanBeIsDropped() {
    ring.message(1, ring.token.seq + 1, "m");
    assertThat(ring.visit()).as("less than was seen").isFalse();
    int seq = ring.token.seq;
    ring.token.seq = seq + 100_000;
    assertThat(ring.visit()).as("more than the window").isFalse();
    ring.token.seq = seq + 1;
    assertThat(ring.visit()).isTrue();
  }

  @Test
  void messagesAreSentInOrderWithTheNextNumbers() {
    wants(3);
    int seq = ring.token.seq;
    ring.visit();
    assertThat(ring.token.seq).isEqualTo(seq + 3);
    assertThat(ring.messages())
        .extracting(each -> each.seq)
        .containsExactly(seq + 1, seq + 2, seq + 3);
    assertThat(ring.node.packets).endsWith("w0", "w1", "w2");
  }

  @Test
  void noMoreThanMaxMessagesAreSentAtAVisit() {
    wants(100);
    ring.visit();
    assertThat(ring.messages()).hasSize(USUAL.maxMessages());
    assertThat(ring.token.flowControlCount).isEqualTo(USUAL.maxMessages());
  }

  @Test
  void whatOthersSentIsLeftOutOfTheWindow() {
    wants(100);
    ring.token.flowControlCount = USUAL.windowSize() - 5;
    ring.visit();
    assertThat(ring.messages()).hasSize(5);
    assertThat(ring.token.flowControlCount).isEqualTo(USUAL.windowSize());
    ring.token.flowControlCount = 1_000;
    ring.visit();
    assertThat(ring.messages()).as("a window that is overdrawn").isEmpty();
  }

  /** window * own backlog of the last visit / all backlogs. */
  @Test
  void theWindowIsSharedByBacklog() {
    wants(40);
    ring.token.flowControlCount = USUAL.windowSize();
    ring.visit();
    assertThat(ring.token.backlog).isEqualTo(40);
    ring.token.flowControlCount = 0;
    ring.token.backlog = 40 + 160;
    ring.visit();
    assertThat(ring.messages()).hasSize(50 * 40 / 200);
    assertThat(ring.token.backlog).isEqualTo(200 - 10);
  }

  @Test
  void aMissingMessageIsAskedForAtTheFifthVisitAndOnce() {
    ring.token.seq += 1;
    for (int i = 1; i < USUAL.missCountConst(); i++) {
      ring.visit();
      assertThat(ring.token.requests()).as("visit " + i).isZero();
    }
    ring.visit();
    assertThat(ring.token.requests()).isEqualTo(1);
    assertThat(ring.token.requestSeq(0)).isEqualTo(ring.token.seq);
    ring.visit();
    assertThat(ring.token.requests()).isEqualTo(1);
    ring.message(1, ring.token.seq, "late");
    assertThat(ring.node.packets).endsWith("late");
  }

  @Test
  void noMoreThanThirtyMessagesAreAskedFor() {
    ring.token.seq += 40;
    for (int i = 0; i < 2 * USUAL.missCountConst(); i++) {
      ring.visit();
    }
    assertThat(ring.token.requests()).isEqualTo(30);
  }

  @Test
  void whatIsAskedForAndHeldIsSentAgainAndTakenOffTheList() {
    ring.message(1, ring.token.seq + 1, "one");
    ring.token.seq += 1;
    ring.token.request(ring.token.seq);
    ring.visit();
    assertThat(ring.token.requests()).isZero();
    assertThat(ring.messages()).singleElement().matches(each -> each.systemFrom == 1);
    assertThat(ring.token.flowControlCount).isEqualTo(1);
  }

  @Test
  void requestsOfAnotherRingStayAndCostNothing() {
    long sequence = ring.token.ringSequence;
    ring.token.ringSequence = sequence - 4;
    ring.token.request(1);
    ring.token.ringSequence = sequence;
    ring.visit();
    assertThat(ring.token.requests()).isEqualTo(1);
    assertThat(ring.messages()).isEmpty();
  }

  /** 8.6, 12: who has less lowers aru, and only who lowered it raises it again. */
  @Test
  void aruIsLoweredByWhoHasLessAndRaisedByTheSame() {
    int seq = ring.token.seq;
    ring.token.seq = seq + 2;
    ring.token.aru = seq + 2;
    ring.token.aruNode = 0;
    ring.visit();
    assertThat(ring.token.aru).isEqualTo(seq);
    assertThat(ring.token.aruNode).isEqualTo(2);
    ring.message(1, seq + 1, "a");
    ring.visit();
    assertThat(ring.token.aru).isEqualTo(seq + 1);
    ring.token.aru = seq;
    ring.token.aruNode = 3;
    ring.visit();
    assertThat(ring.token.aru).as("lowered by 3, not ours to raise").isEqualTo(seq);
    assertThat(ring.token.aruNode).isEqualTo(3);
    ring.message(1, seq + 2, "b");
    ring.token.aruNode = 2;
    ring.visit();
    assertThat(ring.token.aru).isEqualTo(seq + 2);
    assertThat(ring.token.aruNode).isZero();
  }

  /**
   * Two members that lack a message must get it from whoever has it, also after this node failed.
   */
  @Test
  void aMessageIsKeptUntilTwoRotationsSayThatAllHaveIt() {
    int seq = ring.token.seq + 1;
    ring.message(1, seq, "kept");
    ring.token.seq = seq;
    ring.token.aru = seq;
    ring.token.aruNode = 0;
    ring.token.tokenSeq += 2;
    byte[] token = ring.tokenBytes();
    ring.deliver(token);
    ring.deliver(token);
    ring.deliver(token);
    ring.token.tokenSeq++;
    ring.token.aru = seq - 1;
    ring.token.aruNode = 3;
    ring.token.request(seq);
    ring.visit();
    assertThat(ring.messages()).as("3 lacks it").hasSize(1);
    ring.token.aru = seq;
    ring.token.aruNode = 0;
    ring.visit();
    ring.visit();
    ring.token.request(seq);
    ring.visit();
    assertThat(ring.messages()).as("all have it").isEmpty();
  }

  @Test
  void aNodeThatCannotReceiveLeavesTheRingByItself() {
    PlayedRing weak =
        new PlayedRing(2, USUAL.toBuilder().failRecvConst(10).missCountConst(1_000).build());
    weak.token.seq += 1;
    for (int i = 0; i < 10; i++) {
      assertThat(weak.visit()).as("visit " + i).isTrue();
    }
    assertThat(weak.visit()).isFalse();
    assertThat(weak.gathers(GatherReason.FAILED_TO_RECEIVE)).isEqualTo(1);
    assertThat(weak.proposal().failedSet()).isEqualTo(NodeSet.of(2));
  }

  /** The others agree that it is out, and it forms a ring of its own. */
  @Test
  void aNodeThatCannotReceiveFormsARingAlone() {
    PlayedRing weak =
        new PlayedRing(2, USUAL.toBuilder().failRecvConst(10).missCountConst(1_000).build());
    weak.token.seq += 1;
    for (int i = 0; i < 15; i++) {
      weak.visit();
    }
    long sequence = weak.token.ringSequence;
    NodeSet all = NodeSet.of(1, 2, 3);
    weak.join(1, all, NodeSet.of(2), sequence);
    weak.join(3, all, NodeSet.of(2), sequence);
    weak.run(20);
    assertThat(weak.node.members()).isEqualTo(NodeSet.of(2));
  }

  @Test
  void aRingWithoutMessagesIsHeldByItsRepresentativeForTheHoldTime() {
    PlayedRing idle = new PlayedRing(1, USUAL);
    idle.run(200);
    idle.forget();
    idle.token.tokenSeq += 20;
    long begin = idle.world.now;
    idle.deliver(idle.tokenBytes());
    assertThat(idle.sent(FrameKind.ORF_TOKEN)).as("held").isEmpty();
    idle.run(70);
    List<TotemWorld.Sent> passed = idle.sent(FrameKind.ORF_TOKEN);
    assertThat(passed).isNotEmpty();
    assertThat((passed.getFirst().time() - begin) / TotemWorld.MILLI)
        .isBetween(TIMES.hold() - 1L, TIMES.hold() + 1L);
  }

  @Test
  void aHeldTokenIsLetGoWhenAMemberHasSomethingToSay() {
    PlayedRing idle = new PlayedRing(1, USUAL);
    idle.run(200);
    idle.token.tokenSeq += 20;
    idle.deliver(idle.tokenBytes());
    idle.forget();
    byte[] cancel = new byte[25];
    int length =
        new org.ringward.core.wire.HoldCancelFrame(
                3, idle.token.ringRepresentative, idle.token.ringSequence)
            .write(cancel, 0);
    assertThat(length).isEqualTo(25);
    idle.deliver(cancel);
    assertThat(idle.sent(FrameKind.ORF_TOKEN)).hasSize(1);
  }

  /** Its visit is not over while the token is still there. */
  @Test
  void theRepresentativeSpeaksWithTheTokenItHolds() {
    PlayedRing idle = new PlayedRing(1, USUAL);
    idle.run(200);
    idle.token.tokenSeq += 20;
    idle.deliver(idle.tokenBytes());
    int seq = idle.token.seq;
    int tokenSeq = idle.token.tokenSeq;
    idle.forget();
    idle.node.keepsPackets = true;
    idle.node.say("now");
    idle.node.turn();
    assertThat(idle.messages()).extracting(each -> each.seq).containsExactly(seq + 1);
    assertThat(idle.sent(FrameKind.HOLD_CANCEL)).as("nobody else has to let it go").isEmpty();
    byte[] passed = idle.sent(FrameKind.ORF_TOKEN).getFirst().frame();
    assertThat(idle.token.read(passed, 0, passed.length)).isTrue();
    assertThat(idle.token.seq).isEqualTo(seq + 1);
    assertThat(idle.token.tokenSeq).isEqualTo(tokenSeq + 1);
    assertThat(idle.token.flowControlCount).isEqualTo(1);
    assertThat(idle.node.packets).as("delivered at once").containsExactly("now");
    idle.visit();
    assertThat(idle.token.flowControlCount).as("its part is taken off again").isZero();
    assertThat(idle.messages()).isEmpty();
  }

  /** Once it was sent, again or for the first time, it must not change any more. */
  @Test
  void aHeldTokenThatWasSentIsNotWrittenTo() {
    PlayedRing idle = new PlayedRing(1, USUAL);
    idle.run(200);
    idle.token.tokenSeq += 20;
    idle.deliver(idle.tokenBytes());
    idle.run(TIMES.hold() + 1);
    idle.forget();
    idle.node.keepsPackets = true;
    idle.node.say("now");
    idle.node.turn();
    assertThat(idle.messages()).isEmpty();
  }

  @Test
  void whoHasSomethingToSayInAnIdleRingCancelsTheHoldOnce() {
    for (int i = 0; i < 40; i++) {
      ring.visit();
    }
    ring.forget();
    ring.node.say("now");
    ring.node.say("and");
    assertThat(ring.sent(FrameKind.HOLD_CANCEL))
        .extracting(TotemWorld.Sent::to)
        .containsExactly(1, 3);
  }

  /** The ring announces itself once per held rotation, merge milliseconds after it. */
  @Test
  void theRepresentativeOfAnIdleRingAnnouncesItToOtherRings() {
    TotemWorld world = TotemWorld.formed(2, 3, USUAL);
    world.run(500);
    world.records = true;
    world.run(2_000);
    List<TotemWorld.Sent> announced =
        world.sent.stream().filter(each -> each.kind() == FrameKind.MERGE_DETECT).toList();
    assertThat(announced).allMatch(each -> each.from() == 1).hasSizeBetween(2 * 7, 2 * 10);
  }

  /** A lost token stops a busy ring for some rotations only, an idle one for token_retransmit. */
  @Test
  void aLostTokenIsSentAgainAfterSomeRotations() {
    TotemWorld world = TotemWorld.formed(3, 3, USUAL);
    world.node(1).floods = 100;
    world.node(1).ring.wake();
    world.run(200);
    world.lostKind = FrameKind.ORF_TOKEN;
    world.lostFrom = 2;
    world.lostLeft = 1;
    world.records = true;
    world.run(100);
    List<TotemWorld.Sent> tokens =
        world.sent.stream()
            .filter(each -> each.kind() == FrameKind.ORF_TOKEN && each.from() == 2)
            .limit(2)
            .toList();
    long millis = (tokens.get(1).time() - tokens.get(0).time()) / TotemWorld.MILLI;
    assertThat(millis).isBetween(1L, 10L);
    assertThat(world.settled()).isTrue();
  }

  @Test
  void repetitionsOfATokenBecomeRarerUpToTokenRetransmit() {
    for (int i = 0; i < 3; i++) {
      ring.token.seq++;
      ring.message(1, ring.token.seq, "the ring is busy");
      ring.visit();
    }
    ring.forget();
    ring.run(390);
    List<TotemWorld.Sent> tokens = ring.sent(FrameKind.ORF_TOKEN);
    assertThat(tokens).hasSizeBetween(4, 8);
    assertThat(lastGap(tokens)).isEqualTo(TIMES.tokenRetransmit());
  }

  @Test
  void aTokenThatRestedAndIsOverdueIsRepeatedOften() {
    ring.visit();
    ring.visit();
    ring.forget();
    ring.run(390);
    List<TotemWorld.Sent> tokens = ring.sent(FrameKind.ORF_TOKEN);
    assertThat(tokens).hasSizeBetween(10, 13);
    assertThat(lastGap(tokens)).isEqualTo(TIMES.tokenRetransmit() / 4);
  }

  /** Milliseconds. */
  private static long lastGap(List<TotemWorld.Sent> tokens) {
    return (tokens.getLast().time() - tokens.get(tokens.size() - 2).time()) / TotemWorld.MILLI;
  }
}
