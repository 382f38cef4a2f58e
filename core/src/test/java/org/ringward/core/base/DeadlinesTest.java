package org.ringward.core.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DeadlinesTest {
  private enum Timer {
    FIRST,
    SECOND,
    THIRD
  }

  private final Deadlines<Timer> deadlines = new Deadlines<>(Timer.class);

  @Test
  void dueTimersComeByTimeAndThenByOrderOfTheEnum() {
    deadlines.set(Timer.THIRD, 10);
    deadlines.set(Timer.SECOND, 20);
    deadlines.set(Timer.FIRST, 20);
    assertThat(deadlines.next()).isEqualTo(10);
    assertThat(deadlines.takeDue(9)).isNull();
    assertThat(deadlines.takeDue(20)).isEqualTo(Timer.THIRD);
    assertThat(deadlines.takeDue(20)).isEqualTo(Timer.FIRST);
    assertThat(deadlines.takeDue(20)).isEqualTo(Timer.SECOND);
    assertThat(deadlines.takeDue(20)).isNull();
    assertThat(deadlines.next()).isEqualTo(Deadlines.NONE);
  }

  @Test
  void aTimerIsMovedOrStopped() {
    deadlines.set(Timer.FIRST, 10);
    deadlines.set(Timer.FIRST, 30);
    assertThat(deadlines.takeDue(29)).isNull();
    assertThat(deadlines.isSet(Timer.FIRST)).isTrue();
    deadlines.stop(Timer.FIRST);
    assertThat(deadlines.isSet(Timer.FIRST)).isFalse();
    assertThat(deadlines.takeDue(100)).isNull();
  }

  @Test
  void timesMayBeNegative() {
    deadlines.set(Timer.SECOND, -5);
    assertThat(deadlines.next()).isEqualTo(-5);
    assertThat(deadlines.takeDue(-6)).isNull();
    assertThat(deadlines.takeDue(-5)).isEqualTo(Timer.SECOND);
  }
}
