package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ringward.core.link.DuplicateFilter.Verdict;

final class DuplicateFilterTest {
  private final DuplicateFilter filter = new DuplicateFilter();

  private Verdict take(int number) {
    Verdict verdict = filter.judge(number);
    if (verdict != Verdict.TAKEN) {
      filter.take(number);
    }
    return verdict;
  }

  @Test
  void eachNumberIsTakenOnceInAnyOrder() {
    assertThat(take(5)).isEqualTo(Verdict.NEW);
    assertThat(take(7)).isEqualTo(Verdict.NEW);
    assertThat(take(6)).isEqualTo(Verdict.NEW);
    assertThat(take(5)).isEqualTo(Verdict.TAKEN);
    assertThat(take(6)).isEqualTo(Verdict.TAKEN);
    assertThat(take(7)).isEqualTo(Verdict.TAKEN);
    assertThat(take(4)).isEqualTo(Verdict.NEW);
  }

  /** A message whose fragments are not all there is not taken. */
  @Test
  void whatIsJudgedNewStaysNewUntilItIsTaken() {
    assertThat(filter.judge(5)).isEqualTo(Verdict.NEW);
    assertThat(filter.judge(9)).isEqualTo(Verdict.NEW);
    assertThat(filter.judge(5)).isEqualTo(Verdict.NEW);
  }

  @Test
  void numbersGoRound() {
    for (int round = 0; round < 3; round++) {
      for (int number = 1; number <= 65_535; number++) {
        assertThat(take(number)).isEqualTo(Verdict.NEW);
        assertThat(take(number)).isEqualTo(Verdict.TAKEN);
        int before = (number + 65_535 - 1_000 - 1) % 65_535 + 1;
        if (round > 0 || number > 1_000) {
          assertThat(take(before)).isEqualTo(Verdict.TAKEN);
        }
      }
    }
  }

  @Test
  void theWindowHas4096() {
    take(5_000);
    assertThat(take(5_000 - 4_095)).isEqualTo(Verdict.NEW);
    assertThat(take(5_000 - 4_095)).isEqualTo(Verdict.TAKEN);
    assertThat(take(5_000 - 4_096)).isEqualTo(Verdict.FAR);
    assertThat(filter.highestNumber()).isEqualTo(5_000);
  }

  /** Somebody sends again what he recorded, here and there: nothing of the present is forgotten. */
  @Test
  void numbersFromFarAwayForgetNothing() {
    for (int number = 40_000; number < 40_500; number++) {
      assertThat(take(number)).isEqualTo(Verdict.NEW);
      take((number * 7_919 & 0x7FFF) + 1);
      assertThat(take(number)).isEqualTo(Verdict.TAKEN);
      assertThat(take(number - 1)).isEqualTo(number == 40_000 ? Verdict.NEW : Verdict.TAKEN);
    }
  }

  /** What comes again from far away comes once. */
  @Test
  void recordedMessagesComeThroughOnce() {
    take(40_000);
    assertThat(take(100)).isEqualTo(Verdict.FAR);
    for (int number = 101; number < 120; number++) {
      assertThat(take(number)).isEqualTo(Verdict.NEW);
    }
    for (int number = 100; number < 120; number++) {
      assertThat(take(number)).isEqualTo(Verdict.TAKEN);
    }
    assertThat(take(40_000)).isEqualTo(Verdict.TAKEN);
  }

  /** A sender that has begun anew, or of whom thousands were lost, loses nothing more. */
  @Test
  void whatGoesOnElsewhereIsSoonTheFirst() {
    take(40_000);
    assertThat(take(100)).isEqualTo(Verdict.FAR);
    for (int number = 101; number < 131; number++) {
      assertThat(take(number)).isEqualTo(Verdict.NEW);
      assertThat(filter.highestNumber()).isEqualTo(40_000);
    }
    assertThat(take(131)).isEqualTo(Verdict.NEW);
    assertThat(filter.highestNumber()).isEqualTo(131);
    assertThat(take(120)).isEqualTo(Verdict.TAKEN);
    assertThat(take(40_000)).isEqualTo(Verdict.TAKEN);
    assertThat(take(20_000)).isEqualTo(Verdict.FAR);
    assertThat(take(131)).isEqualTo(Verdict.TAKEN);
    assertThat(take(40_000)).isEqualTo(Verdict.FAR);
  }

  @Test
  void aJumpAheadKeepsWhatIsInTheWindow() {
    take(10);
    take(12);
    assertThat(take(4_000)).isEqualTo(Verdict.NEW);
    assertThat(take(10)).isEqualTo(Verdict.TAKEN);
    assertThat(take(11)).isEqualTo(Verdict.NEW);
    assertThat(take(12)).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void forgettingBeginsAnew() {
    take(100);
    filter.forget();
    assertThat(take(100)).isEqualTo(Verdict.NEW);
    filter.forgetUpTo(500);
    assertThat(take(499)).isEqualTo(Verdict.NEW);
    assertThat(take(501)).isEqualTo(Verdict.NEW);
    assertThat(take(501)).isEqualTo(Verdict.TAKEN);
  }

  @Test
  void elsewhereIsBehindOrFarAhead() {
    assertThat(filter.isElsewhere(7)).isFalse();
    take(1_000);
    assertThat(filter.isElsewhere(999)).isTrue();
    assertThat(filter.isElsewhere(1_000)).isFalse();
    assertThat(filter.isElsewhere(1_001)).isFalse();
    assertThat(filter.isElsewhere(1_000 + 4_095)).isFalse();
    assertThat(filter.isElsewhere(1_000 + 4_096)).isTrue();
    assertThat(filter.isElsewhere(1_000 + 40_000)).isTrue();
    filter.forget();
    assertThat(filter.isElsewhere(999)).isFalse();
  }

  /** Positions of messages that differ, differ, over ends of the numbers and from far away. */
  @Test
  void positionsAreUnique() {
    SplittableRandom random = new SplittableRandom(7);
    Set<Long> positions = new HashSet<>();
    int next = 65_000;
    for (int i = 0; i < 50_000; i++) {
      next = random.nextInt(100) == 0 ? random.nextInt(65_535) : next + random.nextInt(3);
      int number = (next + 65_534) % 65_535 + 1;
      if (take(number) != Verdict.TAKEN) {
        assertThat(filter.position(number)).isPositive();
        assertThat(positions.add(filter.position(number))).isTrue();
      }
      if (random.nextInt(1_000) == 0) {
        filter.forget();
      }
    }
  }

  @Test
  void nothingIsTakenTwiceOnAWildWay() {
    SplittableRandom random = new SplittableRandom(3);
    int next = 65_000;
    boolean[] taken = new boolean[200_000];
    for (int i = 0; i < 100_000; i++) {
      next += random.nextInt(3);
      int which = next - random.nextInt(2_000);
      Verdict verdict = take((which - 1) % 65_535 + 1);
      assertThat(verdict).isEqualTo(taken[which] ? Verdict.TAKEN : Verdict.NEW);
      taken[which] = true;
    }
  }
}
