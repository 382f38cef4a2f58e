package org.ringward.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.port.RingIds;

/** Numbers of a node's lives grow, whether its clock or its ring ids tell the time. */
final class IncarnationTest {
  private static final long TODAY = 1_800_000_000_000L;
  private static final long YEAR_2240 = 8_520_000_000_000L;

  private static long incarnation(long ringSequence, long chance) {
    return Node.incarnation(
        new RingIds() {
          @Override
          public long load() {
            return ringSequence;
          }

          @Override
          public void store(long sequence) {
            throw new AssertionError("nothing is stored");
          }
        },
        bound -> Math.floorMod(chance, bound));
  }

  @Test
  void theyGrowWithTheRingAndTheClock() {
    long[] sequences = {0, 4, 1_000_000, TODAY, TODAY + 1, TODAY + 60_000, YEAR_2240};
    long before = 0;
    for (long sequence : sequences) {
      assertThat(incarnation(sequence, 0)).isGreaterThan(before);
      before = incarnation(sequence, -1);
      assertThat(before).isPositive();
    }
  }

  @Test
  void chanceSeparatesLivesThatHaveNeither() {
    assertThat(incarnation(0, 1)).isNotEqualTo(incarnation(0, 2)).isPositive();
  }
}
