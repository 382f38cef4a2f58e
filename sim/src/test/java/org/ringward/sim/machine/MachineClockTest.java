package org.ringward.sim.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

class MachineClockTest {
  @Test
  void aDeadlineIsReachedAtItsWorldTimeAndNotBefore() {
    Chance chance = new Chance(1);
    for (int i = 0; i < 200; i++) {
      MachineClock clock = new MachineClock(chance);
      long deadline = clock.monotonic(chance.below(100 * Time.SECONDS)) + chance.below(1000);
      long time = clock.worldTime(deadline);
      assertThat(clock.monotonic(time)).isGreaterThanOrEqualTo(deadline);
      assertThat(clock.monotonic(time - 1)).isLessThan(deadline);
    }
  }

  @Test
  void theWallJumpsAndTheMonotonicClockDoesNot() {
    MachineClock clock = new MachineClock(new Chance(1));
    long before = clock.wallMillis(0);
    long monotonic = clock.monotonic(Time.SECONDS);
    clock.jumpWall(-5000);
    assertThat(clock.wallMillis(0)).isEqualTo(before - 5000);
    assertThat(clock.monotonic(Time.SECONDS)).isEqualTo(monotonic);
  }
}
