package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.control.QuorumLineage.Formation;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.core.quorum.QuorumVerdict.Rule;

/** Four nodes with auto_tie_breaker lowest: who may go on after two of them had the tie broken. */
class QuorumAgreementTest {
  private static final Formation ALL = new Formation(4, NodeSet.of(1, 2, 3, 4), 1);
  private static final Formation LOW_HALF = new Formation(8, NodeSet.of(1, 2), 1);
  private static final Formation THREE = new Formation(12, NodeSet.of(2, 3, 4), 2);

  private final Map<Integer, ClusterMessage.StateOffer> offers = new TreeMap<>();

  /** A half whose votequorum breaks the tie. */
  private void offer(int node, Formation last, boolean ready, Formation... attempts) {
    QuorumVerdict verdict = new QuorumVerdict(true, 2, 0, 3, 4, Rule.TIE_BREAKER, "");
    QuorumLineage lineage = new QuorumLineage(true, false, false, last, List.of(attempts), ready);
    offers.put(
        node,
        new ClusterMessage.StateOffer(
            16,
            "n" + node,
            1,
            false,
            false,
            new QuorumClaim(1, verdict, lineage, false),
            new StateKey(last.ring(), CibVersion.ZERO),
            "",
            "",
            Map.of()));
  }

  private QuorumAgreement agreement() {
    QuorumAgreement agreement = new QuorumAgreement();
    NodeSet here = NodeSet.of(offers.keySet().stream().mapToInt(Integer::intValue).toArray());
    agreement.begin(offers, here, here.size() == 4);
    return agreement;
  }

  @Test
  void theHalfThatContinuesTheLastQuorateViewGoesOnOnceAllHaveConfirmed() {
    offer(1, LOW_HALF, false);
    offer(4, ALL, true);
    assertThat(agreement().isUnconfirmed()).isTrue();
    assertThat(agreement().verdict().quorate()).isFalse();
    assertThat(agreement().verdict().reason()).contains("not confirmed by all of them yet");
    offer(1, LOW_HALF, true);
    assertThat(agreement().isUnconfirmed()).isFalse();
    assertThat(agreement().verdict().quorate()).isTrue();
  }

  /** Nodes 2 and 3 may know that they went on with node 4. */
  @Test
  void whoHasConfirmedAnotherViewSinceKeepsItFromGoingOn() {
    offer(1, LOW_HALF, true);
    offer(4, ALL, true, THREE);
    assertThat(agreement().isUnconfirmed()).isFalse();
    assertThat(agreement().verdict().quorate()).isFalse();
  }

  @Test
  void whereOneHasLetGoNobodyGoesOnUnlessNoOtherSideCan() {
    offer(1, ALL, true);
    offer(4, ALL, true);
    QuorumAgreement agreement = agreement();
    QuorumVerdict either = new QuorumVerdict(true, 1, 0, 1, 2, Rule.TWO_NODE, "one of two");
    agreement.claimed(1, new QuorumClaim(1, either, QuorumLineage.NONE, false));
    agreement.claimed(4, new QuorumClaim(1, either, QuorumLineage.NONE, true));
    assertThat(agreement.verdict().quorate()).isFalse();
    assertThat(agreement.verdict().reason()).contains("has let go of everything");
    QuorumVerdict most = new QuorumVerdict(true, 3, 3, 4, "three of four");
    agreement.claimed(1, new QuorumClaim(3, most, QuorumLineage.NONE, false));
    assertThat(agreement.verdict().quorate()).isTrue();
  }

  /** It may have confirmed anything before it ended. */
  @Test
  void whoStartedAgainDoesNotHelpToBreakATie() {
    offer(1, LOW_HALF, true);
    offer(4, Formation.NONE, true);
    assertThat(agreement().verdict().quorate()).isFalse();
  }

  @Test
  void whoKnowsOfALaterQuorateViewOnlyByItsStateDoesNotBreakTies() {
    offer(1, LOW_HALF, true);
    offer(3, THREE, true);
    assertThat(agreement().verdict().quorate()).as("one of three").isFalse();
    offer(2, THREE, true);
    assertThat(agreement().verdict().quorate()).as("two of three").isTrue();
  }

  private void waiting(int node, boolean waits, Rule rule) {
    QuorumVerdict verdict = new QuorumVerdict(true, 1, 0, 1, 2, rule, "");
    QuorumLineage lineage =
        new QuorumLineage(false, false, waits, Formation.NONE, List.of(), false);
    offer(node, Formation.NONE, true);
    QuorumAgreement agreement = agreement();
    agreement.claimed(node, new QuorumClaim(1, verdict, lineage, false));
    assertThat(agreement.verdict().quorate()).isEqualTo(!waits || rule == Rule.FORCED);
    if (waits && rule != Rule.FORCED) {
      assertThat(agreement.verdict().reason()).contains("wait_for_all");
    }
  }

  /** Seed 25318: the other one had left before the two had compared what they hold. */
  @Test
  void thatTheRingWasWholeIsNotEnoughForWaitForAll() {
    waiting(1, true, Rule.TWO_NODE);
    waiting(1, true, Rule.VOTES);
    waiting(1, true, Rule.FORCED);
    waiting(1, false, Rule.TWO_NODE);
  }

  @Test
  void whoWasInAViewThatWentOnDoesNotWaitAnyMore() {
    OwnLineage lineage = new OwnLineage(new QuorumSettings(0, true, true));
    assertThat(lineage.told().waits()).isTrue();
    lineage.formed(4, NodeSet.of(1, 2));
    assertThat(lineage.told().waits()).isFalse();
  }

  @Test
  void allTogetherNeedNoMemory() {
    for (int node = 1; node <= 4; node++) {
      offer(node, Formation.NONE, true, THREE);
    }
    assertThat(agreement().verdict().quorate()).isTrue();
  }
}
