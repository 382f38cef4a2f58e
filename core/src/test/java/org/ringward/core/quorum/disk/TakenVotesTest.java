package org.ringward.core.quorum.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.witness.Side;
import org.ringward.core.quorum.witness.VoteRecord;
import org.ringward.core.wire.QuorumSlot;
import org.ringward.core.wire.QuorumSlot.Voted;

/** Who may take the disk's vote after a node went on alone. */
class TakenVotesTest {
  private static final NodeSet ALL = NodeSet.of(1, 2);
  private static final Side BOTH = new Side(1, 8, ALL);
  private static final Side AGAIN = new Side(1, 16, ALL);

  private final Standing first = new Standing(1);
  private final TakenVotes votes = new TakenVotes(2, ALL, List.of(first));

  /** Node 1 took the vote for itself; its block names this ring, and no state that it holds. */
  private void theFirstWentOnAlone(Side now) {
    Side alone = new Side(1, 12, NodeSet.of(1));
    first.slot =
        new QuorumSlot(
            7,
            90,
            QuorumSlot.State.RUN,
            now.representative(),
            now.sequence(),
            now.members(),
            0,
            0,
            VoteRecord.HOLDS_NONE,
            new Voted(alone.sequence(), alone.members(), 3, alone.sequence()));
    first.sameFormat = true;
    first.side = now;
    votes.holds(BOTH.sequence());
  }

  @Test
  void whoStoodStillMayNotTakeItForTheRingThatIsOver() {
    theFirstWentOnAlone(new Side(1, 12, NodeSet.of(1)));
    assertThat(votes.entitle(BOTH, true)).isFalse();
    assertThat(votes.entitle(new Side(2, 16, NodeSet.of(2)), true)).isFalse();
  }

  @Test
  void allNodesTogetherMay() {
    theFirstWentOnAlone(AGAIN);
    assertThat(votes.entitle(AGAIN, true)).isTrue();
    assertThat(votes.entitle(AGAIN, false)).as("by the sequence").isTrue();
  }

  /** Where the sequence of the rings began anew, the word of each is enough. */
  @Test
  void allNodesTogetherMayInAnEarlierRingIfEachSaysSo() {
    theFirstWentOnAlone(BOTH);
    assertThat(votes.entitle(BOTH, true)).isTrue();
    assertThat(votes.entitle(BOTH, false)).isFalse();
  }
}
