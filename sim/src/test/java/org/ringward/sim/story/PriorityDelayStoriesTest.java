package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Time;

/** Two machines shoot at each other: the one with the more important resources survives. */
class PriorityDelayStoriesTest {
  /** Slow enough that both sides begin to shoot. */
  private static final PowerSwitch.Habits SLOW =
      new PowerSwitch.Habits(800 * Time.MILLIS, 1000 * Time.MILLIS, 1000 * Time.MILLIS, 0, 0, 0, 0);

  private static Story split(int holder, String delay, String priority) {
    Story story =
        Story.ofMachines(
            2,
            cib ->
                cib.property("priority-fencing-delay", delay)
                    .property("fencing-action", "off")
                    .resource("database", 1, "priority", priority)
                    .location("database", holder, "100"));
    story.after(2);
    assertThat(story.holder("database").id()).isEqualTo(holder);
    story.cluster().powerSwitch().habits(SLOW);
    story.cluster().partition(1, true, true);
    return story.after(12);
  }

  private static boolean isOn(Story story, int machine) {
    return story.cluster().powerSwitch().feeds(machine);
  }

  /** Whoever is quicker shoots, whatever it runs. */
  @Test
  void withoutADelayTheRaceIsOpen() {
    boolean both = isOn(split(1, "0", "10"), 1) && isOn(split(2, "0", "10"), 2);
    assertThat(both).isFalse();
  }

  @Test
  void theOneWithMorePrioritySurvives() {
    for (int holder = 1; holder <= 2; holder++) {
      Story story = split(holder, "4s", "10");
      Machine survivor = story.machine(holder);
      assertThat(isOn(story, holder)).as(story.told()).isTrue();
      assertThat(isOn(story, 3 - holder)).as(story.told()).isFalse();
      assertThat(story.holder("database")).isEqualTo(survivor);
      assertThat(story.tells("is put off by 4.0 s: its resources have priority 10")).isTrue();
    }
  }

  /** Nobody has a head start where nothing weighs more. */
  @Test
  void equalWeightsGiveNoDelay() {
    Story story = split(2, "4s", "0");
    assertThat(story.tells("is put off")).as(story.told()).isFalse();
  }
}
