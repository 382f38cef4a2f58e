package org.ringward.core.link;

import static org.assertj.core.api.Assertions.assertThat;

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
    assertThat(take(5_000 - 4_096)).isEqualTo(Verdict.NEW_LIFE);
    assertThat(filter.highestNumber()).isEqualTo(904);
    assertThat(take(5_000)).isEqualTo(Verdict.NEW_LIFE);
    assertThat(take(904 + 4_095)).isEqualTo(Verdict.NEW);
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
  void behindIsTheLowerHalfOfTheNumbers() {
    assertThat(filter.isBehind(7)).isFalse();
    take(1_000);
    assertThat(filter.isBehind(999)).isTrue();
    assertThat(filter.isBehind(1_000)).isFalse();
    assertThat(filter.isBehind(1_001)).isFalse();
    assertThat(filter.isBehind(1_000 + 40_000)).isTrue();
    assertThat(filter.isBehind(1_000 + 30_000)).isFalse();
    filter.forget();
    assertThat(filter.isBehind(999)).isFalse();
  }

  /** Positions of messages that differ, differ, over ends of the numbers and new lives. */
  @Test
  void positionsAreUnique() {
    take(65_530);
    long last = filter.position(65_530);
    for (int number : new int[] {65_535, 1, 2, 3_000, 30_000, 40_000, 1}) {
      take(number);
      assertThat(filter.position(number)).isGreaterThan(last);
      last = filter.position(number);
    }
    filter.forget();
    take(1);
    assertThat(filter.position(1)).isGreaterThan(last);
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
