package org.ringward.sim.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.ringward.sim.Result;

/** Some seeds of ring worlds; how many is the system property ringward.sim.ring.seeds. */
class RingWorldTest {
  @Test
  void everySeedHolds() {
    long seeds = Long.getLong("ringward.sim.ring.seeds", 300);
    for (long seed = 1; seed <= seeds; seed++) {
      Result result = RingWorld.run(RingPlan.draw(seed), null);
      assertThat(result.ok()).as(result.line()).isTrue();
    }
  }

  @Test
  void theSameSeedIsTheSameRunAndAReaderChangesNothing() {
    for (long seed = 1; seed <= 10; seed++) {
      RingPlan plan = RingPlan.draw(seed);
      Result result = RingWorld.run(plan, null);
      assertThat(RingWorld.run(plan, null)).isEqualTo(result);
      assertThat(RingWorld.run(plan, _ -> {})).isEqualTo(result);
    }
  }

  @Test
  void aPlanCanBeMadeSmaller() {
    RingPlan plan = RingPlan.draw(3);
    RingPlan smaller = plan.withFaults(Set.of()).withNodes(2).withCalm(plan.calmNanos() / 2);
    assertThat(smaller.faults()).isEmpty();
    Result result = RingWorld.run(smaller, null);
    assertThat(result.ok()).as(result.line()).isTrue();
    assertThat(result.events()).isLessThan(RingWorld.run(plan, null).events());
  }
}
