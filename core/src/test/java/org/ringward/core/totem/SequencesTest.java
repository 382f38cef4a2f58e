package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** reference/totem-srp.md, section 9. */
final class SequencesTest {
  @Test
  void theNumberBeforeTheFirstIsLessThanTheFirst() {
    assertThat(Sequences.less(-1, 0)).isTrue();
    assertThat(Sequences.lessOrEqual(0, -1)).isFalse();
    assertThat(Sequences.lessOrEqual(-1, -1)).isTrue();
  }

  @Test
  void smallNumbersCompareAsTheyAre() {
    assertThat(Sequences.less(1, 2)).isTrue();
    assertThat(Sequences.less(2, 2)).isFalse();
    assertThat(Sequences.min(7, 5)).isEqualTo(5);
    assertThat(Sequences.less(0x7FFFFFFF, 0x80000000)).isTrue();
  }

  @Test
  void theWrapIsCrossed() {
    assertThat(Sequences.less(0xFFFFFFF0, 0x10)).isTrue();
    assertThat(Sequences.less(0x10, 0xFFFFFFF0)).isFalse();
  }
}
