package org.ringward.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.control.Evidence.Sight;

/** A ring with a token timeout of 400 ms that breaks at 10 s; times are milliseconds. */
final class RingLossTest {
  private static final long MILLI = 1_000_000;
  private static final int LOST = 2;

  private final RingLoss loss = new RingLoss(TotemSettings.DEFAULT.toBuilder().token(400).build());
  private long lastSent;
  private boolean fresh = true;

  private Sight sight(long now) {
    return loss.sight(LOST, lastSent * MILLI, fresh, now * MILLI);
  }

  private void breaks() {
    assertThat(loss.turn(true, 9_990 * MILLI)).isFalse();
    assertThat(loss.turn(false, 10_000 * MILLI)).isTrue();
    assertThat(loss.turn(false, 10_010 * MILLI)).isFalse();
    loss.turn(true, 10_250 * MILLI);
  }

  @Test
  void whoWasNotHeardSinceTheBreakIsDeadALittleLater() {
    breaks();
    lastSent = 9_600;
    assertThat(sight(10_299)).isEqualTo(Sight.UNKNOWN);
    assertThat(sight(10_300)).isEqualTo(Sight.SILENT);
  }

  @Test
  void whoWasHeardSinceLives() {
    breaks();
    lastSent = 9_950;
    assertThat(sight(10_250)).as("it noticed a little earlier").isEqualTo(Sight.ALIVE);
    fresh = false;
    assertThat(sight(12_000)).isEqualTo(Sight.SILENT);
  }

  @Test
  void whoseProgramHasEndedIsNotWaitedFor() {
    loss.refused(LOST, 9_995 * MILLI);
    breaks();
    lastSent = 9_990;
    assertThat(sight(10_060)).as("sent before it ended").isEqualTo(Sight.SILENT);
    lastSent = 10_050;
    assertThat(sight(10_060)).as("another life, or another's lie").isEqualTo(Sight.ALIVE);
  }

  @Test
  void whoIsNotShownByRegionsIsNotWaitedFor() {
    breaks();
    fresh = false;
    assertThat(sight(10_250)).isEqualTo(Sight.SILENT);
  }

  @Test
  void whoHasNotSeenTheBreakBelievesTheRegions() {
    assertThat(sight(10_000)).isEqualTo(Sight.ALIVE);
  }
}
