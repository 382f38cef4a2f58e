package org.ringward.core.quorum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.wire.WitnessMessage;
import org.ringward.core.wire.WitnessMessage.Answer;
import org.ringward.core.wire.WitnessMessage.Hello;
import org.ringward.core.wire.WitnessMessage.Report;
import org.ringward.core.wire.WitnessMessage.Verdict;

/** Two nodes and the votes of their cluster, message by message; times are milliseconds. */
final class ClusterVotesTest {
  private static final long MILLI = 1_000_000;
  private static final int TIMEOUT = 1000;
  private static final Side BOTH = new Side(1, 8, NodeSet.of(1, 2));
  private static final Side FIRST = new Side(1, 12, NodeSet.of(1));
  private static final Side SECOND = new Side(2, 12, NodeSet.of(2));

  private final List<byte[]> writes = new ArrayList<>();
  private final TreeMap<Integer, Verdict> answers = new TreeMap<>();
  private final int[] sequences = new int[3];
  private ClusterVotes votes = votes(null, 0);

  private ClusterVotes votes(byte @Nullable [] kept, long now) {
    return new ClusterVotes(kept, 5000, now * MILLI, new Outlet());
  }

  /** The session of a node is its number. */
  private final class Outlet implements ClusterVotes.Outlet {
    @Override
    public void send(long session, WitnessMessage message) {
      if (message instanceof Verdict verdict) {
        answers.put((int) session, verdict);
      }
    }

    @Override
    public void keep(byte[] content) {
      writes.add(content);
    }
  }

  private void greet(int node, long incarnation, int tieBreaker, long now) {
    Hello hello =
        new Hello(
            WitnessMessage.VERSION,
            "alpha",
            node,
            incarnation,
            1,
            tieBreaker,
            true,
            TIMEOUT,
            0,
            NodeSet.of(1, 2));
    votes.greeted(node, hello, "10.0.0." + node, now * MILLI);
    sequences[node] = 0;
    answers.remove(node);
  }

  private void report(int node, Side side, long now) {
    report(node, side, VoteRecord.KEEPS_NONE, now);
  }

  /** As a node does that hears the witness: it says so when it is to wait. */
  private void report(int node, Side side, long held, long now) {
    send(node, side, held, now);
    if (answer(node) == Answer.WAIT) {
      send(node, side, held, now);
    }
  }

  private void send(int node, Side side, long held, long now) {
    Verdict last = answers.get(node);
    sendOf(node, last == null ? 0 : last.sequence(), side, held, now);
  }

  private void sendOf(int node, int answered, Side side, long held, long now) {
    Report report =
        new Report(
            ++sequences[node],
            answered,
            side.representative(),
            side.sequence(),
            true,
            false,
            held,
            side.members());
    assertThat(votes.reported(node, report, now * MILLI)).isTrue();
  }

  private Answer answer(int node) {
    Verdict verdict = answers.get(node);
    if (verdict == null) {
      throw new AssertionError("node " + node + " has no answer");
    }
    return verdict.answer();
  }

  private void bothHaveTheVote() {
    greet(1, 1, 0, 0);
    greet(2, 1, 0, 0);
    report(1, BOTH, 0);
    report(2, BOTH, 0);
    assertThat(answer(1)).as("nothing is on the disk").isEqualTo(Answer.WAIT);
    votes.stored(true, 10 * MILLI);
    assertThat(answer(1)).isEqualTo(Answer.VOTE);
    assertThat(answer(2)).isEqualTo(Answer.VOTE);
  }

  @Test
  void theLoserOfASplitIsToldAtOnce() {
    bothHaveTheVote();
    report(2, SECOND, 100);
    assertThat(answer(2)).as("node 1 may still be in the ring of both").isEqualTo(Answer.WAIT);
    report(1, FIRST, 150);
    votes.stored(true, 160 * MILLI);
    assertThat(answer(1)).isEqualTo(Answer.VOTE);
    assertThat(answer(2)).isEqualTo(Answer.NO);
    assertThat(votes.report("alpha", 170 * MILLI).vote()).containsExactly(1);
  }

  @Test
  void theSurvivorWaitsUntilTheOthersVoteHasRunOut() {
    bothHaveTheVote();
    report(2, SECOND, 500);
    assertThat(writes).hasSize(1);
    votes.turn(1009 * MILLI);
    assertThat(answer(2)).isEqualTo(Answer.WAIT);
    votes.turn(1010 * MILLI);
    assertThat(writes).hasSize(2);
    votes.stored(true, 1011 * MILLI);
    assertThat(answer(2)).isEqualTo(Answer.VOTE);
  }

  @Test
  void nobodyGetsTheVoteWhileTheDiskIsInDoubt() {
    bothHaveTheVote();
    report(2, SECOND, 100);
    report(1, FIRST, 150);
    votes.stored(true, 160 * MILLI);
    assertThat(answer(1)).isEqualTo(Answer.VOTE);
    report(2, SECOND, 900);
    votes.turn(1170 * MILLI);
    assertThat(writes).as("node 1 is silent: node 2 shall have the vote").hasSize(3);
    votes.stored(false, 1180 * MILLI);
    report(1, FIRST, 1200);
    assertThat(answer(1)).as("the disk may say node 2 or node 1").isEqualTo(Answer.WAIT);
    report(1, FIRST, 2190);
    assertThat(writes).hasSize(4);
    votes.stored(true, 2200 * MILLI);
    assertThat(answer(1)).isEqualTo(Answer.VOTE);
  }

  @Test
  void aSecondLifeOfANodeDoesNotEndTheVoteOfTheFirst() {
    bothHaveTheVote();
    greet(2, 2, 0, 100);
    report(2, SECOND, 100);
    greet(1, 1, 0, 100);
    report(1, FIRST, 100);
    assertThat(writes).as("the first life of node 2 may count it until 1010").hasSize(1);
    assertThat(answer(1)).isEqualTo(Answer.WAIT);
    votes.turn(1010 * MILLI);
    assertThat(writes).hasSize(2);
  }

  @Test
  void afterARestartOnlyTheSideThatHadTheVoteGetsItAtOnce() {
    bothHaveTheVote();
    votes = votes(writes.getFirst(), 100);
    greet(2, 1, 0, 200);
    report(2, SECOND, 200);
    assertThat(answer(2)).isEqualTo(Answer.WAIT);
    votes.turn(1099 * MILLI);
    assertThat(answer(2)).isEqualTo(Answer.WAIT);
    votes.turn(1100 * MILLI);
    votes.stored(true, 1101 * MILLI);
    assertThat(answer(2)).isEqualTo(Answer.VOTE);
    votes = votes(writes.getFirst(), 5000);
    greet(1, 1, 0, 5001);
    report(1, BOTH, 5002);
    assertThat(answer(1)).as("without another write").isEqualTo(Answer.VOTE);
  }

  @Test
  void whatCannotBeReadMakesItWaitForTheLongestTime() {
    for (String kept : List.of("", "ringward-witness-vote 1\n", "sha256 00\n", "\0\0\0\0")) {
      votes = votes(kept.getBytes(StandardCharsets.UTF_8), 0);
      greet(1, 1, 0, 1);
      report(1, FIRST, 1);
      votes.turn(4999 * MILLI);
      report(1, FIRST, 4999);
      assertThat(answer(1)).as("%s", kept).isEqualTo(Answer.WAIT);
      votes.turn(5000 * MILLI);
      votes.stored(true, 5001 * MILLI);
      assertThat(answer(1)).isEqualTo(Answer.VOTE);
    }
  }

  @Test
  void settingsThatContradictEachOtherAreNamedAndChangeNothing() {
    bothHaveTheVote();
    greet(2, 1, WitnessRules.HIGHEST, 100);
    report(2, SECOND, 100);
    report(1, FIRST, 100);
    assertThat(answer(1)).isEqualTo(Answer.NO);
    Verdict verdict = answers.get(2);
    assertThat(verdict).isNotNull();
    assertThat(verdict.reason())
        .isEqualTo("nodes 1 and 2 differ in tie_breaker lowest and highest");
  }

  @Test
  void aNodeThatGivesTheVoteBackIsNotWaitedFor() {
    bothHaveTheVote();
    report(1, Side.NONE, 100);
    report(2, SECOND, 110);
    votes.stored(true, 120 * MILLI);
    assertThat(answer(2)).isEqualTo(Answer.VOTE);
  }

  @Test
  void reportsThatContradictThemselvesAreRefused() {
    bothHaveTheVote();
    Report old = new Report(1, 0, 1, 8, true, false, -1, NodeSet.of(1, 2));
    assertThat(votes.reported(1, old, MILLI)).isFalse();
    Report elsewhere = new Report(99, 0, 2, 12, true, false, -1, NodeSet.of(2));
    assertThat(votes.reported(1, elsewhere, MILLI)).isFalse();
    assertThat(votes.reported(3, elsewhere, MILLI)).isFalse();
    Report early = new Report(99, 99, 1, 8, true, false, -1, NodeSet.of(1, 2));
    assertThat(votes.reported(1, early, MILLI)).isFalse();
  }

  /** Node 1 comes first by the tie breaker, and its reports arrive; but it hears nobody. */
  @Test
  void whoDoesNotHearTheWitnessDoesNotUseTheVoteUp() {
    bothHaveTheVote();
    sendOf(1, 0, FIRST, BOTH.sequence(), 700);
    report(2, SECOND, BOTH.sequence(), 705);
    assertThat(answer(2)).as("node 1 comes first").isEqualTo(Answer.WAIT);
    sendOf(1, 0, FIRST, BOTH.sequence(), 900);
    assertThat(answer(1)).isEqualTo(Answer.WAIT);
    sendOf(1, 0, FIRST, BOTH.sequence(), 1500);
    report(2, SECOND, BOTH.sequence(), 1600);
    assertThat(writes).hasSize(1);
    votes.turn(1700 * MILLI);
    assertThat(writes).as("it had the timeout to show that it hears").hasSize(2);
    votes.stored(true, 1710 * MILLI);
    assertThat(answer(2)).isEqualTo(Answer.VOTE);
  }

  /** Both have gone on together as ring 8; then node 1 went on alone as ring 12, and is gone. */
  private void theFirstWentOnAlone() {
    greet(1, 1, 0, 0);
    greet(2, 1, 0, 0);
    report(1, BOTH, 0, 0);
    report(2, BOTH, 0, 0);
    votes.stored(true, 10 * MILLI);
    report(1, BOTH, BOTH.sequence(), 20);
    report(2, BOTH, BOTH.sequence(), 20);
    assertThat(answer(1)).isEqualTo(Answer.VOTE);
    report(1, FIRST, BOTH.sequence(), 5000);
    votes.stored(true, 5010 * MILLI);
    report(1, FIRST, FIRST.sequence(), 5020);
    assertThat(answer(1)).isEqualTo(Answer.VOTE);
    votes.gone(1, 1);
  }

  /** What node 1 acknowledged alone is on no other disk. */
  @Test
  void whoComesBackAloneDoesNotGoOnWithoutWhatTheOtherMayHaveAcknowledged() {
    theFirstWentOnAlone();
    greet(2, 3, 0, 20_000);
    report(2, new Side(2, 40, NodeSet.of(2)), BOTH.sequence(), 20_010);
    assertThat(answer(2)).isEqualTo(Answer.NO);
    greet(1, 3, 0, 30_000);
    report(1, new Side(1, 44, NodeSet.of(1)), FIRST.sequence(), 30_010);
    votes.stored(true, 30_020 * MILLI);
    report(1, new Side(1, 44, NodeSet.of(1)), FIRST.sequence(), 30_030);
    assertThat(answer(1)).as("the one that knows it").isEqualTo(Answer.VOTE);
  }

  /** It slept through all of it, and still names the ring of both (seed 1067210). */
  @Test
  void whoStoodStillDoesNotGetTheVoteForTheRingThatIsOver() {
    theFirstWentOnAlone();
    report(2, BOTH, BOTH.sequence(), 20_000);
    votes.stored(true, 20_010 * MILLI);
    report(2, BOTH, BOTH.sequence(), 20_020);
    assertThat(answer(2)).isEqualTo(Answer.NO);
    report(2, new Side(2, 40, NodeSet.of(2)), BOTH.sequence(), 20_030);
    votes.stored(true, 20_040 * MILLI);
    report(2, new Side(2, 40, NodeSet.of(2)), BOTH.sequence(), 20_050);
    assertThat(answer(2)).isEqualTo(Answer.NO);
  }

  @Test
  void aWitnessThatWasStartedAgainRemembersWhoWentOn() {
    theFirstWentOnAlone();
    byte[] kept = writes.getLast();
    votes = votes(kept, 30_000);
    greet(2, 3, 0, 40_000);
    report(2, new Side(2, 40, NodeSet.of(2)), BOTH.sequence(), 40_010);
    assertThat(answer(2)).isEqualTo(Answer.NO);
  }

  /** Node 2 was back in a ring with node 1, but died before it had node 1's state. */
  @Test
  void whoWasOnlyShortlyWithTheOtherStillDoesNotKnow() {
    theFirstWentOnAlone();
    Side again = new Side(1, 48, NodeSet.of(1, 2));
    greet(1, 1, 0, 20_000);
    greet(2, 3, 0, 20_000);
    report(1, again, FIRST.sequence(), 20_010);
    report(2, again, BOTH.sequence(), 20_010);
    votes.stored(true, 20_020 * MILLI);
    votes.stored(true, 20_025 * MILLI);
    report(2, again, BOTH.sequence(), 20_030);
    assertThat(answer(2)).as("all nodes are there").isEqualTo(Answer.VOTE);
    votes.gone(1, 1);
    greet(2, 5, 0, 30_000);
    report(2, new Side(2, 52, NodeSet.of(2)), BOTH.sequence(), 30_010);
    assertThat(answer(2)).isEqualTo(Answer.NO);
    greet(2, 7, 0, 40_000);
    Side survivor = new Side(2, 56, NodeSet.of(2));
    report(2, survivor, again.sequence(), 40_010);
    votes.stored(true, 40_020 * MILLI);
    report(2, survivor, again.sequence(), 40_030);
    assertThat(answer(2)).as("had it got the state").isEqualTo(Answer.VOTE);
  }

  /** The node that lives on was with the other, and the ring broke before the two agreed. */
  @Test
  void theOneWithTheStateGoesOnThoughTheLastRingCameToNothing() {
    theFirstWentOnAlone();
    Side again = new Side(1, 48, NodeSet.of(1, 2));
    greet(1, 1, 0, 20_000);
    greet(2, 3, 0, 20_000);
    report(1, again, FIRST.sequence(), 20_010);
    report(2, again, BOTH.sequence(), 20_010);
    votes.stored(true, 20_020 * MILLI);
    votes.stored(true, 20_030 * MILLI);
    votes.gone(2, 2);
    Side alone = new Side(1, 52, NodeSet.of(1));
    report(1, alone, FIRST.sequence(), 40_000);
    votes.stored(true, 40_010 * MILLI);
    report(1, alone, FIRST.sequence(), 40_020);
    assertThat(answer(1)).isEqualTo(Answer.VOTE);
  }

  @Test
  void aNewWitnessVotesFirstForAllNodesTogether() {
    greet(2, 1, 0, 0);
    Side alone = new Side(2, 8, NodeSet.of(2));
    report(2, alone, 4, 0);
    assertThat(answer(2)).isEqualTo(Answer.NO);
    report(2, alone, 8, 10);
    assertThat(answer(2)).as("it went on without the witness").isEqualTo(Answer.WAIT);
    assertThat(writes).hasSize(1);
  }
}
