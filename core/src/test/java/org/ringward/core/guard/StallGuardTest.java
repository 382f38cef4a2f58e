package org.ringward.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StallGuardTest {
  @Test
  void onlyGapsOverTheBudgetAreStalls() {
    StallGuard guard = new StallGuard(100);
    assertThat(guard.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(guard.turned(-5_000)).isZero();
    assertThat(guard.turned(-4_900)).isZero();
    assertThat(guard.nextDeadline()).isEqualTo(-4_850);
    assertThat(guard.turned(-4_799)).isEqualTo(101);
    assertThat(guard.turned(-4_700)).isZero();
    assertThat(guard.turned(0)).isEqualTo(4_700);
    assertThat(guard.turned(150)).isEqualTo(150);
    assertThat(guard.turned(200)).isZero();
    assertThat(guard.statistics()).isEqualTo(new StallGuard.Statistics(3, 4_700, 150, 150));
  }

  @Test
  void theLongestGapIsKeptAlsoWithinTheBudget() {
    StallGuard guard = new StallGuard(100);
    guard.turned(0);
    guard.turned(70);
    guard.turned(100);
    assertThat(guard.statistics()).isEqualTo(new StallGuard.Statistics(0, 70, 0, 0));
  }
}
