package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.wire.CommitTokenFrame;
import org.ringward.core.wire.CommitTokenFrame.MemberEntry;
import org.ringward.core.wire.FrameKind;
import org.ringward.core.wire.JoinFrame;
import org.ringward.core.wire.MergeDetectFrame;

/**
 * How a ring is agreed on, committed and recovered (reference/totem-srp.md, 8.1 to 8.5, 8.7), rule
 * by rule.
 */
final class GatherRulesTest {
  private static final TotemSettings USUAL = TotemSettings.DEFAULT;
  private static final NodeSet ALL = NodeSet.of(1, 2, 3);
  private static final NodeSet NONE = NodeSet.EMPTY;

  /** Node 2 of the ring of 1, 2, 3. */
  private final PlayedRing ring = new PlayedRing(2, USUAL);

  private final long sequence = ring.token.ringSequence;

  private TotemState state() {
    return ring.node.ring.state();
  }

  @Test
  void aJoinOfAMemberMakesGatherAndIsAnsweredToAll() {
    ring.join(1, ALL, NONE, sequence);
    assertThat(state()).isEqualTo(TotemState.GATHER);
    assertThat(ring.gathers(GatherReason.JOIN_IN_OPERATIONAL)).isEqualTo(1);
    assertThat(ring.sent(FrameKind.JOIN)).extracting(TotemWorld.Sent::to).containsExactly(1, 3);
    assertThat(ring.proposal().processorSet()).isEqualTo(ALL);
    assertThat(ring.proposal().failedSet()).isEqualTo(NONE);
    assertThat(ring.proposal().ringSequence()).isEqualTo(sequence);
  }

  @Test
  void anOldJoinOfAMemberIsIgnored() {
    ring.join(1, ALL, NONE, sequence - 1);
    assertThat(state()).isEqualTo(TotemState.OPERATIONAL);
    // A member that has started again says stored + 1.
    ring.join(1, NodeSet.of(1), NONE, sequence + 1);
    assertThat(state()).isEqualTo(TotemState.GATHER);
  }

  @Test
  void whoHasGivenThisNodeUpIsIgnoredInOperational() {
    ring.join(1, ALL, NodeSet.of(2), sequence);
    assertThat(state()).isEqualTo(TotemState.OPERATIONAL);
  }

  @Test
  void joinsOfOrAboutNodesThatAreNotConfiguredAreIgnored() {
    ring.join(9, NodeSet.of(9), NONE, sequence);
    ring.join(1, NodeSet.of(1, 2, 3, 9), NONE, sequence);
    ring.join(1, ALL, NodeSet.of(9), sequence);
    assertThat(state()).isEqualTo(TotemState.OPERATIONAL);
    assertThat(ring.node.counter("frames-of-unknown-nodes")).isEqualTo(3);
  }

  @Test
  void whatAMemberGivesUpIsTakenOver() {
    ring.join(1, ALL, NodeSet.of(3), sequence);
    assertThat(ring.proposal().failedSet()).isEqualTo(NodeSet.of(3));
    assertThat(ring.gathers(GatherReason.MERGE_DURING_JOIN)).isEqualTo(1);
  }

  @Test
  void whatAStrangerGivesUpIsTakenOver() {
    PlayedRing two = new PlayedRing(2, USUAL);
    two.join(1, ALL, NodeSet.of(3), sequence);
    two.run(1_500); // the ring of 2 alone
    assertThat(two.node.members()).isEqualTo(NodeSet.of(2));
    two.forget();
    long now = two.node.ring.sequence();
    two.join(3, ALL, NodeSet.of(1), now);
    assertThat(two.proposal().failedSet()).isEqualTo(NodeSet.of(1));
    assertThat(two.proposal().processorSet()).isEqualTo(ALL);
  }

  @Test
  void membersWhomAStrangerGivesUpAreKept() {
    PlayedRing of = new PlayedRing(2, USUAL, 4);
    of.join(4, NodeSet.of(1, 2, 3, 4), NodeSet.of(1), 1);
    assertThat(of.proposal().failedSet()).isEqualTo(NONE);
    assertThat(of.proposal().processorSet()).isEqualTo(NodeSet.of(1, 2, 3, 4));
  }

  @Test
  void whoGivesThisNodeUpWhileAllGatherIsGivenUp() {
    ring.join(1, ALL, NONE, sequence);
    ring.join(3, ALL, NodeSet.of(2), sequence);
    assertThat(ring.proposal().failedSet()).isEqualTo(NodeSet.of(3));
  }

  @Test
  void aNodeThatIsGivenUpIsNotHeard() {
    ring.join(1, ALL, NodeSet.of(3), sequence);
    ring.forget();
    ring.join(3, ALL, NodeSet.of(1), sequence);
    ring.run(60);
    assertThat(ring.proposal().failedSet()).isEqualTo(NodeSet.of(3));
  }

  @Test
  void aLeaveTakesItsSenderOutAndIsNoAgreement() {
    ring.send(new JoinFrame(0, 3, sequence, new int[] {1, 2}, new int[] {3}));
    assertThat(ring.proposal().failedSet()).isEqualTo(NodeSet.of(3));
    assertThat(ring.proposal().processorSet()).isEqualTo(ALL);
  }

  @Test
  void theOwnLeaveNamesThisNodeAsTheLastFailedOne() {
    ring.forget();
    ring.node.ring.leave();
    JoinFrame leave = ring.proposal();
    assertThat(leave.leaving()).isTrue();
    assertThat(leave.systemFrom()).isEqualTo(2);
    assertThat(leave.processors()).containsExactly(1, 3);
    assertThat(leave.failed()).containsExactly(2);
    assertThat(ring.node.ring.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void joinsAreRepeatedEveryJoinMilliseconds() {
    ring.join(1, ALL, NONE, sequence);
    ring.forget();
    ring.run(175);
    assertThat(ring.sent(FrameKind.JOIN)).hasSize(2 * 3);
  }

  /** send_join: nodes that gather for the same reason do not all send at once. */
  @Test
  void joinsAreDelayedByUpToSendJoin() {
    PlayedRing slow = new PlayedRing(2, USUAL.toBuilder().sendJoin(30).build());
    slow.forget();
    slow.join(1, ALL, NONE, slow.token.ringSequence);
    assertThat(slow.sent(FrameKind.JOIN)).isEmpty();
    slow.run(31);
    assertThat(slow.sent(FrameKind.JOIN)).hasSize(2);
  }

  /** One that answers and does not agree holds the others up until the consensus timer runs out. */
  @Test
  void whoDoesNotAgreeInTimeIsGivenUp() {
    ring.join(1, ALL, NONE, sequence);
    for (int i = 0; i < 9; i++) {
      ring.run(50);
      ring.join(1, ALL, NONE, sequence);
      ring.join(3, NodeSet.of(3), NONE, sequence);
      assertThat(ring.proposal().failedSet()).as("after %d ms", 50 * i).isEqualTo(NONE);
    }
    ring.run(50);
    assertThat(ring.proposal().failedSet()).isEqualTo(NodeSet.of(3));
    assertThat(ring.gathers(GatherReason.CONSENSUS_TIMEOUT)).isEqualTo(1);
  }

  @Test
  void aForeignMessageOrMergeMakesGatherWithItsAuthor() {
    PlayedRing two = new PlayedRing(2, USUAL);
    two.join(1, ALL, NodeSet.of(3), sequence);
    two.join(1, ALL, NodeSet.of(1, 3), sequence);
    two.run(1_500);
    assertThat(two.node.members()).isEqualTo(NodeSet.of(2));
    byte[] merge = new byte[MergeDetectFrame.LENGTH];
    new MergeDetectFrame(3, 3, 77).write(merge, 0);
    two.deliver(merge);
    assertThat(two.gathers(GatherReason.MERGE_IN_OPERATIONAL)).isEqualTo(1);
    assertThat(two.proposal().processorSet()).isEqualTo(NodeSet.of(2, 3));
    two.message(1, 5, "hello", 1, 78);
    assertThat(two.gathers(GatherReason.FOREIGN_MESSAGE_IN_GATHER)).isEqualTo(1);
    assertThat(two.proposal().processorSet()).isEqualTo(ALL);
  }

  /** 9.: the lowest of the agreed commits, with a sequence above all that were heard of. */
  @Test
  void theLowestCommitsAsSoonAsAllAgree() {
    PlayedRing low = new PlayedRing(1, USUAL);
    long heard = low.token.ringSequence + 12;
    low.join(2, ALL, NONE, heard);
    assertThat(low.node.ring.state()).isEqualTo(TotemState.GATHER);
    low.join(3, ALL, NONE, low.token.ringSequence);
    assertThat(low.node.ring.state()).isEqualTo(TotemState.COMMIT);
    CommitTokenFrame commit = low.committed();
    assertThat(commit.ringRepresentative).isEqualTo(1);
    assertThat(commit.ringSequence).isEqualTo(heard + 4);
    assertThat(commit.memberSet()).isEqualTo(ALL);
    assertThat(commit.memberIndex).isEqualTo(1);
    assertThat(commit.tokenSeq).isEqualTo(1);
    assertThat(commit.entry(0).isFrom(1, low.token.ringSequence)).isTrue();
    assertThat(low.world.ringIds.get(1)).as("on disk").isEqualTo(heard + 4);
  }

  private CommitTokenFrame commitOf(NodeSet members, long ringSequence) {
    CommitTokenFrame commit = CommitTokenFrame.begin(1, ringSequence, members);
    commit.entry(0, new MemberEntry(1, sequence, ring.token.seq, ring.token.seq, true));
    commit.memberIndex = 1;
    commit.tokenSeq = 1;
    commit.nodeId = 1;
    return commit;
  }

  @Test
  void aCommitTokenIsTakenOnlyForTheAgreedMembersAndALaterRing() {
    ring.send(commitOf(ALL, sequence + 4));
    assertThat(state()).as("in OPERATIONAL").isEqualTo(TotemState.OPERATIONAL);
    ring.join(1, ALL, NONE, sequence);
    ring.send(commitOf(NodeSet.of(1, 2), sequence + 4));
    assertThat(state()).as("other members").isEqualTo(TotemState.GATHER);
    ring.send(commitOf(ALL, sequence));
    assertThat(state()).as("the same ring").isEqualTo(TotemState.GATHER);
    ring.send(commitOf(ALL, sequence + 4));
    assertThat(state()).isEqualTo(TotemState.COMMIT);
    CommitTokenFrame passed = ring.committed();
    assertThat(passed.memberIndex).isEqualTo(2);
    assertThat(passed.entry(1).isFrom(1, sequence)).isTrue();
    assertThat(ring.sent(FrameKind.COMMIT_TOKEN))
        .extracting(TotemWorld.Sent::to)
        .containsExactly(3);
    assertThat(ring.world.ringIds.get(2)).isEqualTo(sequence + 4);
  }

  /** Of those from the same ring whoever has less than the best has not received all. */
  @Test
  void theCommitTokenSaysWhoLacksMessages() {
    ring.message(1, ring.token.seq + 2, "behind a hole");
    ring.join(1, ALL, NONE, sequence);
    ring.send(commitOf(ALL, sequence + 4));
    assertThat(ring.committed().entry(1).received()).as("knows of one more").isFalse();
    assertThat(ring.committed().entry(0).received()).isTrue();
  }

  private void commitAndRecover() {
    ring.join(1, ALL, NONE, sequence);
    CommitTokenFrame commit = commitOf(ALL, sequence + 4);
    ring.send(commit);
    commit.entry(1, ring.committed().entry(1));
    commit.entry(2, new MemberEntry(1, sequence, ring.token.seq, ring.token.seq, true));
    commit.memberIndex = 3;
    commit.tokenSeq = 4;
    ring.send(commit);
    assertThat(state()).isEqualTo(TotemState.RECOVERY);
    ring.token.begin(1, sequence + 4, 0);
  }

  @Test
  void whoWasGivenUpForARingIsForgottenWhenItsRecoveryBreaksOff() {
    NodeSet two = NodeSet.of(1, 2);
    ring.join(1, ALL, NodeSet.of(3), sequence);
    assertThat(ring.proposal().failedSet()).isEqualTo(NodeSet.of(3));
    CommitTokenFrame commit = commitOf(two, sequence + 4);
    ring.send(commit);
    commit.entry(1, ring.committed().entry(1));
    commit.memberIndex = 2;
    commit.tokenSeq = 3;
    ring.send(commit);
    assertThat(state()).isEqualTo(TotemState.RECOVERY);
    ring.join(1, two, NONE, sequence + 4);
    assertThat(state()).isEqualTo(TotemState.GATHER);
    assertThat(ring.proposal().processorSet()).isEqualTo(two);
    assertThat(ring.proposal().failedSet()).isEqualTo(NONE);
  }

  /** A visit after which the representative has raised aru, as it does on its first one. */
  private void visitInRecovery() {
    ring.visit();
    if (ring.token.aru == -1) {
      ring.token.aru = 0;
      ring.token.aruNode = 0;
    }
  }

  @Test
  void withNothingToRecoverTheRingIsOperationalOnTheFourthVisit() {
    commitAndRecover();
    for (int i = 1; i <= 3; i++) {
      visitInRecovery();
      assertThat(state()).as("visit " + i).isEqualTo(TotemState.RECOVERY);
    }
    visitInRecovery();
    assertThat(state()).isEqualTo(TotemState.OPERATIONAL);
    assertThat(ring.node.configurations.getLast().members()).isEqualTo(ALL);
  }

  @Test
  void theRingIsNotOperationalWhileAMemberHasSomethingToSendAgain() {
    commitAndRecover();
    for (int i = 1; i <= 10; i++) {
      ring.token.retransmitFlag = 1;
      visitInRecovery();
    }
    assertThat(state()).isEqualTo(TotemState.RECOVERY);
    ring.token.retransmitFlag = 0;
    for (int i = 1; i <= 4; i++) {
      visitInRecovery();
    }
    assertThat(state()).isEqualTo(TotemState.OPERATIONAL);
  }

  @Test
  void theRingIsNotOperationalBeforeAllHaveWhatWasSentAgain() {
    commitAndRecover();
    ring.token.seq = 3;
    ring.token.aru = 2;
    ring.token.aruNode = 3;
    for (int i = 1; i <= 10; i++) {
      ring.visit();
    }
    assertThat(state()).isEqualTo(TotemState.RECOVERY);
  }

  /** What others of the old ring lack is sent again, wrapped, and the flag says so. */
  @Test
  void heldMessagesThatOthersLackAreSentAgainWrapped() {
    int seq = ring.token.seq;
    ring.message(1, seq + 1, "only here");
    ring.join(1, ALL, NONE, sequence);
    CommitTokenFrame commit = commitOf(ALL, sequence + 4);
    ring.send(commit);
    commit.entry(1, ring.committed().entry(1));
    commit.entry(0, new MemberEntry(1, sequence, seq, seq, false));
    commit.entry(2, new MemberEntry(1, sequence, seq, seq, false));
    commit.memberIndex = 3;
    commit.tokenSeq = 4;
    ring.send(commit);
    ring.token.begin(1, sequence + 4, 0);
    ring.visit();
    assertThat(ring.messages())
        .singleElement()
        .matches(each -> each.encapsulated == 1 && each.systemFrom == 2 && each.seq == 1);
    assertThat(ring.token.seq).isEqualTo(1);
  }

  @Test
  void aLostTokenInCommitAndRecoveryMakesGatherAgain() {
    ring.join(1, ALL, NONE, sequence);
    ring.send(commitOf(ALL, sequence + 4));
    ring.run(410);
    assertThat(ring.gathers(GatherReason.TOKEN_LOST_IN_COMMIT)).isEqualTo(1);
    ring.join(1, ALL, NONE, sequence + 4);
    CommitTokenFrame commit = commitOf(ALL, sequence + 8);
    ring.send(commit);
    commit.entry(1, ring.committed().entry(1));
    commit.memberIndex = 3;
    ring.send(commit);
    assertThat(state()).isEqualTo(TotemState.RECOVERY);
    ring.run(410);
    assertThat(ring.gathers(GatherReason.TOKEN_LOST_IN_RECOVERY)).isEqualTo(1);
  }

  /** The commit token is sent again like any token. */
  @Test
  void aLostCommitTokenIsSentAgain() {
    ring.join(1, ALL, NONE, sequence);
    ring.send(commitOf(ALL, sequence + 4));
    ring.forget();
    ring.run(300);
    assertThat(ring.sent(FrameKind.COMMIT_TOKEN)).hasSizeGreaterThanOrEqualTo(3);
  }

  /** 8.2: JOINs that lay in the sockets while this node stood still. */
  @Test
  void joinsThatCameInAPauseAreNotRead() {
    ring.world.now += 250 * TotemWorld.MILLI;
    ring.join(1, ALL, NodeSet.of(3), sequence);
    ring.join(1, ALL, NodeSet.of(3), sequence);
    assertThat(ring.node.counter("joins-after-pause")).isEqualTo(2);
    ring.run(60);
    ring.join(1, ALL, NodeSet.of(3), sequence);
    assertThat(ring.node.counter("joins-after-pause")).isEqualTo(2);
  }

  @Test
  void anImplausibleRingSequenceIsForged() {
    ring.join(1, ALL, NONE, sequence + (1L << 45));
    assertThat(state()).isEqualTo(TotemState.OPERATIONAL);
    assertThat(ring.node.counter("frames-malformed")).isEqualTo(1);
  }

  /** The ring begins with the stored sequence + 1, so that members notice a quick restart. */
  @Test
  void theFirstProposalHasTheStoredSequenceAndOne() {
    TotemWorld world = new TotemWorld(1, 3, USUAL);
    world.ringIds.put(1, 40L);
    world.records = true;
    world.start(1);
    byte[] frame = world.sent.getFirst().frame();
    JoinFrame join = JoinFrame.read(frame, 0, frame.length);
    assertThat(join).isNotNull();
    assertThat(join.ringSequence()).isEqualTo(41);
    world.settle(1_000);
    assertThat(world.node(1).ring.sequence()).isEqualTo(45);
  }

  @Test
  void aNodeThatIsConfiguredNoMoreIsOutAtOnce() {
    TotemWorld world = TotemWorld.formed(5, 3, USUAL);
    world.kill(3);
    long begin = world.now;
    world.node(1).ring.reconfigure(NodeSet.of(1, 2), USUAL, world.now);
    world.node(2).ring.reconfigure(NodeSet.of(1, 2), USUAL, world.now);
    assertThat(world.settle(1_000)).isNotNegative();
    assertThat((world.now - begin) / TotemWorld.MILLI).isLessThan(60);
  }
}
