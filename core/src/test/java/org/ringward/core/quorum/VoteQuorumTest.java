package org.ringward.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.QuorumSettings.Provider;
import org.ringward.core.config.QuorumSettings.TieBreaker;
import org.ringward.core.quorum.QuorumVerdict.Rule;

class VoteQuorumTest {
  private static final QuorumSettings MAJORITY = QuorumSettings.DEFAULT;
  private static final QuorumSettings WAIT = new QuorumSettings(0, false, true);
  private static final QuorumSettings TWO_NODE = new QuorumSettings(0, true, true);

  private static QuorumSettings standing(boolean tieBreaker) {
    return QuorumSettings.DEFAULT.toBuilder()
        .waitForAll(true)
        .lastManStanding(true)
        .autoTieBreaker(tieBreaker)
        .build();
  }

  private static QuorumSettings tie(TieBreaker rule, boolean wait) {
    return QuorumSettings.DEFAULT.toBuilder()
        .waitForAll(wait)
        .autoTieBreaker(true)
        .tieBreaker(rule)
        .build();
  }

  private static QuorumSettings downscale(int expected) {
    return QuorumSettings.DEFAULT.toBuilder()
        .expectedVotes(expected)
        .allowDownscale(true)
        .expectedVotesTracking(true)
        .build();
  }

  @Test
  void aMajorityOfVotesMayGoOn() {
    Electorate three = Electorate.of(3, MAJORITY).whole();
    three.ring(1);
    three.ring(2, 3);
    assertThat(three.quorate(1)).isFalse();
    assertThat(three.quorate(2)).isTrue();
    assertThat(three.verdict(2).needed()).isEqualTo(2);
    Electorate four = Electorate.of(4, MAJORITY).whole();
    four.ring(1, 2);
    four.ring(3, 4);
    assertThat(four.quorate(1)).isFalse();
    assertThat(four.quorate(3)).isFalse();
    Electorate weighted = new Electorate(MAJORITY, 3, 1, 1, 0).whole();
    weighted.ring(1);
    weighted.ring(2, 3, 4);
    assertThat(weighted.quorate(1)).isTrue();
    assertThat(weighted.quorate(2)).isFalse();
  }

  @Test
  void nobodyCountsBeforeItHasSaidSo() {
    Electorate three = Electorate.of(3, MAJORITY);
    three.boot(1);
    three.boot(2);
    assertThat(three.quorate(1)).isFalse();
    three.ring(1, 2);
    assertThat(three.quorate(1)).isTrue();
    assertThat(three.verdict(1).reason())
        .isEqualTo("2 of 3 votes are here (nodes {1,2}), 2 are needed: this side may go on");
  }

  @Test
  void moreVotesThanExpectedRaiseTheExpectation() {
    QuorumSettings low = new QuorumSettings(1, false, false);
    Electorate three = Electorate.of(3, low).whole();
    assertThat(three.verdict(1).expected()).isEqualTo(3);
    three.ring(1);
    assertThat(three.quorate(1)).isFalse();
    Electorate five = Electorate.of(3, new QuorumSettings(5, false, false)).whole();
    assertThat(five.quorate(1)).isTrue();
    five.ring(1, 2);
    assertThat(five.quorate(1)).isFalse();
  }

  @Test
  void waitForAllHoldsUntilAllWereHereAndAgainAfterALoss() {
    Electorate three = Electorate.of(3, WAIT);
    three.boot(1);
    three.boot(2);
    three.ring(1, 2);
    assertThat(three.quorate(1)).isFalse();
    assertThat(three.verdict(1).rule()).isEqualTo(Rule.WAITING);
    assertThat(three.verdict(1).reason())
        .isEqualTo(
            "2 of 3 votes are here (nodes {1,2}): this side waits until all 3 were here once,"
                + " as wait_for_all asks");
    three.boot(3);
    three.ring(1, 2, 3);
    assertThat(three.quorate(2)).isTrue();
    three.ring(1, 2);
    assertThat(three.quorate(1)).isTrue();
    three.ring(1);
    three.ring(3);
    assertThat(three.quorate(1)).isFalse();
    three.ring(1, 3);
    assertThat(three.quorate(1)).isFalse();
    three.ring(1, 2, 3);
    assertThat(three.quorate(1)).isTrue();
  }

  @Test
  void aNodeThatStartsBesideAQuorateOneNeedNotWait() {
    Electorate three = Electorate.of(3, WAIT).whole();
    three.ring(1, 2);
    three.boot(3);
    three.ring(1, 2, 3);
    three.boot(2);
    three.ring(1, 3);
    three.ring(1, 2, 3);
    three.ring(1, 2);
    assertThat(three.quorate(2)).isTrue();
  }

  @Test
  void oneOfTwoNodesMayGoOnOnceBothWereHere() {
    Electorate two = Electorate.of(2, TWO_NODE);
    two.boot(1);
    two.ring(1);
    assertThat(two.quorate(1)).isFalse();
    two.boot(2);
    two.ring(1, 2);
    assertThat(two.verdict(1).isExclusive()).isTrue();
    two.ring(1);
    two.ring(2);
    assertThat(two.quorate(1)).isTrue();
    assertThat(two.quorate(2)).isTrue();
    assertThat(two.verdict(1).isExclusive()).isFalse();
    assertThat(two.verdict(1).rule()).isEqualTo(Rule.TWO_NODE);
    assertThat(two.verdict(1).reason())
        .isEqualTo(
            "1 of 2 votes are here (nodes {1}), one is enough as two_node is set:"
                + " this side may go on");
    // With three nodes two_node is no excuse.
    Electorate three = Electorate.of(3, TWO_NODE).whole();
    three.ring(1);
    assertThat(three.quorate(1)).isFalse();
  }

  @Test
  void halfWithTheTieBreakersNodeMayGoOn() {
    for (TieBreaker rule : List.of(TieBreaker.LOWEST, TieBreaker.HIGHEST)) {
      Electorate four = Electorate.of(4, tie(rule, false)).whole();
      four.ring(1, 2);
      four.ring(3, 4);
      assertThat(four.quorate(1)).isEqualTo(rule.equals(TieBreaker.LOWEST));
      assertThat(four.quorate(4)).isEqualTo(rule.equals(TieBreaker.HIGHEST));
    }
  }

  @Test
  void theLowestNodeOfTheLastQuorateMembershipCounts() {
    Electorate four = Electorate.of(4, tie(TieBreaker.LOWEST, false)).whole();
    four.ring(2, 3, 4);
    four.ring(2, 3);
    four.ring(4);
    assertThat(four.quorate(2)).isTrue();
    assertThat(four.verdict(2).rule()).isEqualTo(Rule.TIE_BREAKER);
    assertThat(four.quorate(4)).isFalse();
  }

  @Test
  void theFirstNodeOfTheListThatWasThereCounts() {
    TieBreaker list = new TieBreaker(TieBreaker.Kind.LIST, List.of(3, 1));
    Electorate four = Electorate.of(4, tie(list, true)).whole();
    four.ring(1, 2);
    four.ring(3, 4);
    assertThat(four.quorate(1)).isFalse();
    assertThat(four.quorate(3)).isTrue();
    four.ring(1, 2, 3, 4);
    four.ring(1, 2, 4);
    four.ring(1, 2);
    assertThat(four.quorate(1)).isTrue();
  }

  @Test
  void theLastManStandsAfterOneWindowEach() {
    Electorate five = Electorate.of(5, standing(true)).whole();
    five.ring(1, 2, 3);
    five.ring(4, 5);
    five.pass(9_999);
    assertThat(five.verdict(1).needed()).isEqualTo(3);
    five.pass(1);
    assertThat(five.verdict(1).needed()).isEqualTo(2);
    five.ring(1, 2);
    five.pass(10_000);
    assertThat(five.verdict(1).needed()).isEqualTo(2);
    five.ring(1);
    assertThat(five.quorate(1)).isTrue();
    // Without its nodes' word the others wait for all, restarted or not.
    five.boot(3);
    five.ring(3, 4, 5);
    assertThat(five.quorate(3)).isFalse();
    assertThat(five.quorate(4)).isFalse();
  }

  @Test
  void nodesThatLeaveOrderlyAreNotExpectedWithDownscaling() {
    Electorate five = Electorate.of(5, downscale(3)).whole();
    assertThat(five.verdict(1).expected()).isEqualTo(5);
    for (int leaving = 5; leaving > 3; leaving--) {
      var farewell = five.quorum(leaving).farewell();
      assertThat(farewell).isNotNull();
      for (int id = 1; id < leaving; id++) {
        five.quorum(id).heard(leaving, farewell);
      }
    }
    five.ring(1, 2, 3);
    assertThat(five.verdict(1).expected()).isEqualTo(3);
    // As corosync 3.1.7: no fewer votes are enough before an operator says so.
    assertThat(five.verdict(1).needed()).isEqualTo(3);
    five.quorum(1).expectVotes(3);
    five.deliver();
    assertThat(five.verdict(1).needed()).isEqualTo(3);
    // Who was in the large cluster remembers its size.
    five.boot(5);
    five.ring(5);
    assertThat(five.verdict(5).expected()).isEqualTo(5);
  }

  @Test
  void expectedVotesCanBeChangedWhileItRuns() {
    Electorate three = Electorate.of(3, MAJORITY).whole();
    three.quorum(1).expectVotes(5);
    three.deliver();
    assertThat(three.verdict(3).expected()).isEqualTo(5);
    assertThat(three.verdict(3).needed()).isEqualTo(3);
    assertThat(three.quorum(1).objection(2)).contains("3 votes are here");
    assertThat(three.quorum(1).objection(7)).contains("would be too few");
    assertThat(three.quorum(1).objection(4)).isNull();
    three.quorum(2).expectVotes(3);
    three.deliver();
    assertThat(three.verdict(1).needed()).isEqualTo(2);
  }

  /** Half of two is quorate by two_node alone; whoever forces it says that the other is gone. */
  @Test
  void oneOfTwoNodesThatWaitsCanBeForced() {
    Electorate two = Electorate.of(2, new QuorumSettings(0, true, true));
    two.boot(1);
    two.ring(1);
    assertThat(two.verdict(1).rule()).isEqualTo(Rule.WAITING);
    two.quorum(1).forced("alice", "site B burns", 1000);
    two.quorum(1).force();
    two.deliver();
    assertThat(two.verdict(1).rule()).isEqualTo(Rule.FORCED);
    assertThat(two.verdict(1).isExclusive()).isTrue();
    assertThat(two.verdict(1).isAlone()).isFalse();
    two.ring(1);
    assertThat(two.verdict(1).rule()).isEqualTo(Rule.FORCED);
    two.boot(2);
    two.ring(1, 2);
    assertThat(two.verdict(1).rule()).isEqualTo(Rule.VOTES);
  }

  @Test
  void forcedQuorumNamesItsAuthorUntilEnoughAreBack() {
    Electorate five = Electorate.of(5, WAIT).whole();
    five.ring(1, 2);
    assertThat(five.quorate(1)).isFalse();
    for (int id = 1; id <= 2; id++) {
      five.quorum(id).forced("alice", "site B burns", 1000);
    }
    five.quorum(1).force();
    five.deliver();
    assertThat(five.quorate(2)).isTrue();
    assertThat(five.verdict(2).rule()).isEqualTo(Rule.FORCED);
    assertThat(five.verdict(2).reason()).contains("alice forced quorum (site B burns)");
    five.ring(1, 2, 3, 4, 5);
    assertThat(five.verdict(2).rule()).isEqualTo(Rule.VOTES);
    assertThat(five.quorum(2).status().forced()).isNull();
  }

  @Test
  void aDeviceGivesItsVotesToTheSideItVotesFor() {
    Electorate two = Electorate.of(2, Electorate.WITH_DEVICE).whole();
    QuorumDevice votes = new QuorumDevice("Qdisk", 1, true, true, false);
    two.quorum(1).device(votes);
    two.quorum(2).device(votes);
    two.deliver();
    assertThat(two.verdict(1).votes()).isEqualTo(3);
    assertThat(two.verdict(1).expected()).isEqualTo(3);
    two.ring(1);
    two.quorum(1).device(votes);
    two.quorum(2).device(new QuorumDevice("Qdisk", 1, true, false, false));
    two.ring(2);
    assertThat(two.quorate(1)).isTrue();
    assertThat(two.verdict(1).reason())
        .isEqualTo(
            "2 of 3 votes are here (nodes {1}), 1 of them the quorum device's, 2 are needed: this"
                + " side may go on");
    assertThat(two.quorate(2)).isFalse();
  }

  @Test
  void withMasterWinsTheDeviceIsEnough() {
    Electorate three = Electorate.of(3, MAJORITY).whole();
    three.ring(1);
    three.quorum(1).device(new QuorumDevice("Qdisk", 1, true, true, true));
    assertThat(three.quorate(1)).isTrue();
    three.quorum(1).device(new QuorumDevice("Qdisk", 1, false, true, true));
    assertThat(three.quorate(1)).isFalse();
  }

  @Test
  void withoutAProviderEverySideMayGoOn() {
    QuorumSettings none = QuorumSettings.DEFAULT.toBuilder().provider(Provider.NONE).build();
    Electorate three = Electorate.of(3, none).whole();
    three.ring(1);
    assertThat(three.quorate(1)).isTrue();
    assertThat(three.verdict(1).isExclusive()).isFalse();
  }
}
