package org.ringward.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.QuorumSettings;

class QuorumTest {
  private static final QuorumSettings MAJORITY = new QuorumSettings(0, false, false);
  private static final QuorumSettings WAIT = new QuorumSettings(0, false, true);
  private static final QuorumSettings TWO_NODE = new QuorumSettings(0, true, true);

  private static List<Member> members(int... votes) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < votes.length; i++) {
      members.add(new Member(i + 1, "n" + (i + 1), "127.0.0." + (i + 1), votes[i]));
    }
    return members;
  }

  private static boolean quorate(QuorumSettings settings, List<Member> members, int... present) {
    return Quorum.decide(settings, members, QuorumState.START, NodeSet.of(present))
        .verdict()
        .quorate();
  }

  @Test
  void aMajorityOfVotesMayGoOn() {
    List<Member> three = members(1, 1, 1);
    assertThat(quorate(MAJORITY, three, 1)).isFalse();
    assertThat(quorate(MAJORITY, three, 1, 3)).isTrue();
    List<Member> four = members(1, 1, 1, 1);
    assertThat(quorate(MAJORITY, four, 1, 2)).isFalse();
    assertThat(quorate(MAJORITY, four, 1, 2, 4)).isTrue();
    List<Member> weighted = members(3, 1, 1, 0);
    assertThat(quorate(MAJORITY, weighted, 1)).isTrue();
    assertThat(quorate(MAJORITY, weighted, 2, 3, 4)).isFalse();
    assertThat(quorate(MAJORITY, members(1), 1)).isTrue();
    assertThat(quorate(MAJORITY, members(0, 0), 1, 2)).isFalse();
    // A node that is not configured has no vote.
    assertThat(quorate(MAJORITY, three, 1, 9)).isFalse();
  }

  @Test
  void neverTwoQuorateSidesWithoutTwoNode() {
    List<Member> members = members(1, 2, 1, 3, 1, 0, 1);
    for (int mask = 0; mask < 128; mask++) {
      NodeSet side = NodeSet.EMPTY;
      NodeSet rest = NodeSet.EMPTY;
      for (int id = 1; id <= 7; id++) {
        if ((mask >> (id - 1) & 1) == 1) {
          side = side.with(id);
        } else {
          rest = rest.with(id);
        }
      }
      boolean one = Quorum.decide(MAJORITY, members, QuorumState.START, side).verdict().quorate();
      boolean other = Quorum.decide(MAJORITY, members, QuorumState.START, rest).verdict().quorate();
      assertThat(one && other).isFalse();
    }
  }

  @Test
  void expectedVotesMakeItStricterAndAreRaisedByWhatIsSeen() {
    List<Member> three = members(1, 1, 1);
    assertThat(quorate(new QuorumSettings(5, false, false), three, 1, 2)).isFalse();
    assertThat(quorate(new QuorumSettings(5, false, false), three, 1, 2, 3)).isTrue();
    // Fewer expected than there are: once all were seen, one of three is a minority again.
    QuorumSettings low = new QuorumSettings(1, false, false);
    QuorumDecision all = Quorum.decide(low, three, QuorumState.START, NodeSet.of(1, 2, 3));
    assertThat(all.verdict().expected()).isEqualTo(3);
    assertThat(Quorum.decide(low, three, all.state(), NodeSet.of(1)).verdict().quorate()).isFalse();
    // A changed configuration counts at once.
    QuorumSettings two = new QuorumSettings(2, false, false);
    QuorumDecision changed = Quorum.decide(two, three, all.state(), NodeSet.of(1, 2));
    assertThat(changed.verdict().expected()).isEqualTo(2);
    assertThat(changed.verdict().quorate()).isTrue();
  }

  @Test
  void waitForAllHoldsUntilAllWereHereAndAgainAfterALoss() {
    List<Member> three = members(1, 1, 1);
    QuorumDecision decision = Quorum.decide(WAIT, three, QuorumState.START, NodeSet.of(1, 2));
    assertThat(decision.verdict().quorate()).isFalse();
    assertThat(decision.verdict().reason())
        .isEqualTo(
            "2 of 3 votes are here (nodes {1,2}): this side waits until all 3 were here once,"
                + " as wait_for_all asks");
    decision = Quorum.decide(WAIT, three, decision.state(), NodeSet.of(1, 2, 3));
    assertThat(decision.verdict().quorate()).isTrue();
    decision = Quorum.decide(WAIT, three, decision.state(), NodeSet.of(1, 2));
    assertThat(decision.verdict().quorate()).isTrue();
    decision = Quorum.decide(WAIT, three, decision.state(), NodeSet.of(1));
    assertThat(decision.verdict().quorate()).isFalse();
    decision = Quorum.decide(WAIT, three, decision.state(), NodeSet.of(1, 2));
    assertThat(decision.verdict().quorate()).isFalse();
    // A node that was quorate all the time has seen all.
    decision = Quorum.decide(WAIT, three, decision.state(), NodeSet.of(1, 2), true);
    assertThat(decision.verdict().quorate()).isTrue();
    assertThat(decision.state().waiting()).isFalse();
    // It does not help a minority.
    decision = Quorum.decide(WAIT, three, QuorumState.START, NodeSet.of(1), true);
    assertThat(decision.verdict().quorate()).isFalse();
  }

  @Test
  void oneOfTwoNodesMayGoOnOnceBothWereHere() {
    List<Member> two = members(1, 1);
    QuorumDecision alone = Quorum.decide(TWO_NODE, two, QuorumState.START, NodeSet.of(1));
    assertThat(alone.verdict().quorate()).isFalse();
    QuorumDecision both = Quorum.decide(TWO_NODE, two, alone.state(), NodeSet.of(1, 2));
    assertThat(both.verdict().quorate()).isTrue();
    QuorumDecision left = Quorum.decide(TWO_NODE, two, both.state(), NodeSet.of(1));
    assertThat(left.verdict().quorate()).isTrue();
    assertThat(left.verdict().needed()).isEqualTo(1);
    assertThat(left.verdict().reason())
        .isEqualTo(
            "1 of 2 votes are here (nodes {1}), one is enough as two_node is set:"
                + " this side may go on");
    // Switched off by hand, one goes on at once.
    QuorumSettings bold = new QuorumSettings(0, true, false);
    assertThat(quorate(bold, two, 1)).isTrue();
    // With three nodes two_node is no excuse.
    assertThat(quorate(bold, members(1, 1, 1), 1)).isFalse();
  }

  @Test
  void theReasonNamesTheNumbers() {
    QuorumVerdict verdict =
        Quorum.decide(MAJORITY, members(1, 1, 1), QuorumState.START, NodeSet.of(2)).verdict();
    assertThat(verdict.reason())
        .isEqualTo("1 of 3 votes are here (nodes {2}), 2 are needed: this side may not go on");
    assertThat(verdict.votes()).isEqualTo(1);
    assertThat(verdict.needed()).isEqualTo(2);
    assertThat(verdict.expected()).isEqualTo(3);
  }
}
