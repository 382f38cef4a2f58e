package org.ringward.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibVersion;

/** A node that is told to end while it agrees with nobody, and no resource is configured. */
class FarewellTest {
  /** Longer than a lone node waits for agreement. */
  private static final int TURNS = 120;

  private static final long TENTH = 100_000_000L;

  private static final ClusterState NOTHING_CONFIGURED =
      new ClusterState(7, Cib.EMPTY.withVersion(CibVersion.ZERO.nextUpdate()));

  private final Farewell farewell = new Farewell("n1", message -> {});
  private long nanos;

  private void turn(boolean agreed, boolean quorate) {
    nanos += TENTH;
    farewell.turn(new Moment(nanos, 0), agreed, quorate, NOTHING_CONFIGURED, false);
  }

  private void endAlone() {
    farewell.wanted(new Moment(nanos, 0));
    for (int turn = 0; turn < TURNS && !farewell.isOver(); turn++) {
      turn(false, false);
    }
    assertThat(farewell.isOver()).isTrue();
  }

  /** The simulator's seed 1156967: what the disk says may be older than what runs. */
  @Test
  void whoWasInNoViewWithQuorumDoesNotKnowThatNothingRuns() {
    turn(true, false);
    endAlone();
    assertThat(farewell.wasOrderly()).isFalse();
  }

  @Test
  void whoWasInAViewWithQuorumKnowsAlsoAfterIt() {
    turn(true, true);
    endAlone();
    assertThat(farewell.wasOrderly()).isTrue();
    assertThat(nanos).as("without waiting").isEqualTo(2 * TENTH);
  }
}
