package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.quorum.QuorumVerdict;

class SynchronizerTest {
  private final Synchronizer synchronizer = new Synchronizer();

  private static ClusterMessage.StateOffer offer(
      long ring, long primary, int epoch, boolean blank) {
    return offer(ring, primary, epoch, blank, false);
  }

  private static ClusterMessage.StateOffer offer(
      long ring, long primary, int epoch, boolean blank, boolean damaged) {
    return new ClusterMessage.StateOffer(
        ring,
        "n",
        1,
        blank,
        damaged,
        new QuorumClaim(1, QuorumVerdict.NONE),
        new StateKey(primary, new CibVersion(0, epoch, 0)),
        primary + "." + epoch,
        "",
        Map.of("1", "n1", "2", "n2", "3", "n3"));
  }

  @Test
  void equalStatesNeedNoTransfer() {
    synchronizer.begin(8, NodeSet.of(1, 2));

    assertThat(synchronizer.offered(1, offer(8, 4, 1, false))).isEqualTo(Synchronizer.Step.WAIT);
    assertThat(synchronizer.offered(2, offer(8, 4, 1, false))).isEqualTo(Synchronizer.Step.AGREED);
  }

  @Test
  void aLaterLineOfHistoryWinsOverAHigherVersion() {
    synchronizer.begin(8, NodeSet.of(1, 2));
    synchronizer.offered(1, offer(8, 4, 9, false));

    assertThat(synchronizer.offered(2, offer(8, 6, 1, false)))
        .isEqualTo(Synchronizer.Step.TRANSFER);
    assertThat(synchronizer.winner()).isEqualTo(2);
  }

  @Test
  void offersOfOtherRingsAndStrangersDoNotCount() {
    synchronizer.begin(8, NodeSet.of(1, 2));
    synchronizer.offered(1, offer(8, 4, 1, false));

    assertThat(synchronizer.offered(2, offer(4, 4, 1, false))).isEqualTo(Synchronizer.Step.WAIT);
    assertThat(synchronizer.offered(3, offer(8, 4, 1, false))).isEqualTo(Synchronizer.Step.WAIT);
  }

  @Test
  void nodesWithoutStateDoNotHelpThoseWithStateToQuorum() {
    synchronizer.begin(8, NodeSet.of(1, 2));
    synchronizer.offered(1, offer(8, 4, 1, false));
    synchronizer.offered(2, offer(8, 0, 0, true));

    assertThat(synchronizer.holders()).isEqualTo(NodeSet.of(1));
  }

  @Test
  void aNewClusterIsMadeOfNodesWithoutState() {
    synchronizer.begin(8, NodeSet.of(1, 2));
    synchronizer.offered(1, offer(8, 0, 0, true));
    synchronizer.offered(2, offer(8, 0, 0, true));

    assertThat(synchronizer.holders()).isEqualTo(NodeSet.of(1, 2));
  }

  /** Seed 902826, without watchdog: a full disk and a damaged file began the cluster anew. */
  @Test
  void whoLostItsStateMakesNoNewCluster() {
    synchronizer.begin(8, NodeSet.of(1, 2));
    synchronizer.offered(1, offer(8, 0, 0, true));
    synchronizer.offered(2, offer(8, 0, 0, true, true));

    assertThat(synchronizer.holders()).isEqualTo(NodeSet.of(1));

    synchronizer.begin(10, NodeSet.of(2));
    synchronizer.offered(2, offer(10, 0, 0, true, true));

    assertThat(synchronizer.holders()).isEqualTo(NodeSet.EMPTY);
    assertThat(synchronizer.winner()).isEqualTo(2);

    synchronizer.begin(12, NodeSet.of(1, 2, 3));
    synchronizer.offered(1, offer(12, 0, 0, true));
    synchronizer.offered(2, offer(12, 0, 0, true, true));
    synchronizer.offered(3, offer(12, 0, 0, true, true));

    assertThat(synchronizer.holders()).isEqualTo(NodeSet.of(1, 2, 3));
  }

  /** Seed 2157: two of four had no state, and the other two never were a majority again. */
  @Test
  void whenNobodyIsMissingEverybodyCountsAndTheMostAdvancedStateWins() {
    synchronizer.begin(8, NodeSet.of(1, 2, 3));
    synchronizer.offered(1, offer(8, 0, 0, true));
    synchronizer.offered(2, offer(8, 4, 1, false));
    synchronizer.offered(3, offer(8, 0, 0, true));

    assertThat(synchronizer.isComplete()).isTrue();
    assertThat(synchronizer.holders()).isEqualTo(NodeSet.of(1, 2, 3));
    assertThat(synchronizer.winner()).isEqualTo(2);
  }

  /** Seed 4312: a transfer of the view before arrives while a change of the ring is under way. */
  @Test
  void betweenViewsNoTransferIsExpected() {
    synchronizer.begin(8, NodeSet.of(1, 2));
    synchronizer.interrupt();

    assertThat(synchronizer.expects(1, new ClusterMessage.StateTransfer(8, 4, ""))).isFalse();
  }
}
