package org.ringward.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ringward.core.guard.StallGuard;
import org.ringward.core.port.Vitals;

class SelfCheckTest {
  private static final long MILLI = 1_000_000;

  private final List<Long> writes = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();
  private Vitals.Reading reading =
      new Vitals.Reading(List.of("eth0", "eth1"), List.of(), 1000, 630, 0);
  private final StallGuard guard = new StallGuard(1000 * MILLI);
  private final SelfCheck check =
      new SelfCheck(() -> reading, (id, _, _) -> writes.add(id), () -> troubles, guard::statistics);
  private long now = 90_000 * MILLI;

  private void ask() {
    check.asked(answers::add, now);
  }

  @Test
  void allIsWell() {
    ask();
    assertThat(writes).containsExactly(-2L);
    now += 12 * MILLI;
    assertThat(check.stored(7, null, now)).isFalse();
    assertThat(check.stored(-2, null, now)).isTrue();
    assertThat(answers).containsExactly("well; disk 12 ms; memory 63 % available; up: eth0 eth1");
    assertThat(check.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsWrongComesFirst() {
    reading = new Vitals.Reading(List.of("eth0"), List.of("eth1"), 1000, 20, 34);
    troubles.add("region san: reading fails");
    guard.turned(now);
    now += 2100 * MILLI;
    guard.turned(now);
    ask();
    now += 1500 * MILLI;
    check.stored(-2, null, now);
    assertThat(answers)
        .containsExactly(
            "ill: the own disk needed 1500 ms; everything waits for memory 34 % of the time;"
                + " memory 2 % available; did not run for 2100 ms, 1 s ago; down: eth1; region san:"
                + " reading fails; up: eth0");
  }

  @Test
  void aDiskThatHangsIsSaidAndNotAskedTwice() {
    ask();
    now += 5000 * MILLI;
    check.turn(now);
    assertThat(answers.getFirst()).startsWith("ill: the own disk has not answered for 5 s");
    ask();
    ask();
    assertThat(writes).hasSize(1);
    assertThat(check.nextDeadline()).isEqualTo(now + 5000 * MILLI);
    check.stored(-2, "no space left on device", now);
    assertThat(answers).hasSize(3);
    assertThat(answers.getLast()).startsWith("ill: the own disk fails: no space left on device");
  }
}
