package org.ringward.sim.lease;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseStormTest {
  private static final int SEEDS = 200;

  @Test
  void nothingIsHeldTwice() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      assertThat(LeaseStorm.failure(seed)).as("seed %d", seed).isNull();
    }
  }

  @Test
  void muchIsGiven() {
    assertThat(LeaseStorm.grants(1)).isGreaterThan(50);
  }
}
