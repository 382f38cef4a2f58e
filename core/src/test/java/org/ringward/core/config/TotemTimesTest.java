package org.ringward.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The derivations of reference/totem-srp.md, sections 4 and 12. */
final class TotemTimesTest {
  @Test
  void corosyncsDefaultsForTwoThreeAndFourNodes() {
    assertThat(TotemTimes.of(TotemSettings.COROSYNC, 2))
        .isEqualTo(new TotemTimes(3000, 2250, 714, 561, 3600, 0));
    assertThat(TotemTimes.of(TotemSettings.COROSYNC, 3))
        .isEqualTo(new TotemTimes(3650, 2737, 869, 685, 4380, 0));
    assertThat(TotemTimes.of(TotemSettings.COROSYNC, 4).token()).isEqualTo(4300);
    assertThat(TotemTimes.of(TotemSettings.COROSYNC, 1).token()).isEqualTo(3000);
  }

  @Test
  void whatIsGivenIsNotDerived() {
    TotemSettings given =
        TotemSettings.COROSYNC.toBuilder().tokenRetransmit(500).hold(200).consensus(9000).build();
    assertThat(TotemTimes.of(given, 3)).isEqualTo(new TotemTimes(3650, 2737, 500, 200, 9000, 0));
    TotemSettings retransmit = TotemSettings.COROSYNC.toBuilder().tokenRetransmit(500).build();
    assertThat(TotemTimes.of(retransmit, 2).hold()).isEqualTo(390);
  }

  @Test
  void theHeartbeatIsOffWhenItWouldBeNoSoonerThanTheToken() {
    TotemSettings one = TotemSettings.COROSYNC.toBuilder().heartbeatFailuresAllowed(1).build();
    assertThat(TotemTimes.of(one, 2).heartbeat()).isEqualTo(714 + 50);
    TotemSettings four = TotemSettings.COROSYNC.toBuilder().heartbeatFailuresAllowed(4).build();
    assertThat(TotemTimes.of(four, 2).heartbeat()).isEqualTo(2906);
    TotemSettings five = TotemSettings.COROSYNC.toBuilder().heartbeatFailuresAllowed(5).build();
    assertThat(TotemTimes.of(five, 2).heartbeat()).isZero();
  }

  @Test
  void ourProfilesKeepTheLeastTimes() {
    for (TotemSettings settings :
        new TotemSettings[] {TotemSettings.DEFAULT, TotemSettings.FAST, TotemSettings.COROSYNC}) {
      for (int nodes = 1; nodes <= 16; nodes++) {
        TotemTimes times = TotemTimes.of(settings, nodes);
        assertThat(times.tokenRetransmit())
            .isGreaterThanOrEqualTo(TotemTimes.TOKEN_RETRANSMIT_LEAST);
        assertThat(times.hold()).isBetween(TotemTimes.HOLD_LEAST, times.tokenRetransmit() - 1);
        assertThat(times.consensus()).isGreaterThan(settings.join());
      }
    }
  }
}
