package org.ringward.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HybridClockTest {
  @Test
  void aStampIsLaterThanEverythingThatWasKnown() {
    HybridClock behind = new HybridClock();
    HybridClock ahead = new HybridClock();
    String cause = ahead.tick(1_000_000);
    behind.observe(cause);
    String effect = behind.tick(400_000);
    assertThat(effect).isGreaterThan(cause);
    assertThat(behind.tick(400_000)).isGreaterThan(effect);
  }

  @Test
  void withoutCausesItIsTheWallClock() {
    HybridClock clock = new HybridClock();
    assertThat(clock.tick(1_800_000_000_000L)).isEqualTo(HybridClock.at(1_800_000_000_000L));
    assertThat(clock.tick(1_800_000_000_001L)).isEqualTo(HybridClock.at(1_800_000_000_001L));
  }

  @Test
  void whatIsNoStampIsIgnored() {
    HybridClock clock = new HybridClock();
    clock.observe("");
    clock.observe("ffffffffffffffff");
    clock.observe("not-a-stamp-1234");
    assertThat(clock.tick(5)).isEqualTo(HybridClock.at(5));
  }
}
