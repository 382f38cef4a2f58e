package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Serial;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.sim.agents.Habits;
import org.ringward.sim.machine.CibText;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.world.Time;

/**
 * The ring is cut and a serial line is left: who cannot go on is asked over it to let go, and only
 * who does not is fenced.
 */
class SurrenderStoriesTest {
  /** The token timeout of these machines, the gathering, the question and the plan. */
  private static final double NOTICED = 7;

  private static Story machines(int count, UnaryOperator<CibText> configuration) {
    Times times = new Times(500, 3000, 1500, 6000);
    Medium serial = new Serial(List.of("/dev/ttyS0", "/dev/ttyS1"), 19_200);
    return Story.ofMachinesWithRegions(
            count, List.of(new Region("cable", times, serial)), configuration)
        .after(4);
  }

  private static CibText web(CibText cib) {
    return cib.group("web", 1, "vip", "server");
  }

  private static void cutOff(Story story, Machine machine) {
    story.cluster().partition(1L << (machine.id() - 1), true, true);
  }

  private static void nobodyWasFenced(Story story) {
    assertThat(story.tells("power off")).as(story.told()).isFalse();
  }

  @Test
  void whoIsCutOffLetsGoAndIsNotShot() {
    Story story = machines(3, SurrenderStoriesTest::web);
    Machine old = story.holder("server");
    cutOff(story, old);
    story.runsElsewhereWithin("server", old, NOTICED);
    nobodyWasFenced(story);
    assertThat(story.tells(old.name() + " is asked over the heartbeat regions to let go")).isTrue();
    int other = old.id() % 3 + 1;
    assertThat(story.ask(other, Verb.WHY, null, "subject", old.name()).toString())
        .contains("let go of all its resources");
    story.cluster().lan().mend();
    story.settles(20);
    nobodyWasFenced(story);
  }

  @Test
  void ofTwoTheOneWithTheLowerIdGoesOn() {
    for (int holder = 1; holder <= 2; holder++) {
      int preferred = holder;
      Story story = machines(2, cib -> web(cib).location("web", preferred, "100"));
      assertThat(story.holder("server").id()).isEqualTo(holder);
      cutOff(story, story.machine(2));
      story.after(NOTICED);
      assertThat(story.holder("server").id()).isEqualTo(1);
      nobodyWasFenced(story);
      story.after(10);
      assertThat(story.holder("server").id()).isEqualTo(1);
      story.cluster().lan().mend();
      story.settles(20);
      nobodyWasFenced(story);
    }
  }

  @Test
  void ofTwoTheOneWithMorePriorityGoesOn() {
    Story story =
        machines(
            2, cib -> cib.resource("database", 1, "priority", "10").location("database", 2, "100"));
    cutOff(story, story.machine(2));
    story.after(NOTICED + 10);
    assertThat(story.holder("database").id()).isEqualTo(2);
    assertThat(story.tells("n1", "is asked over the heartbeat regions to let go")).isTrue();
    nobodyWasFenced(story);
    story.cluster().lan().mend();
    story.settles(20);
    nobodyWasFenced(story);
  }

  @Test
  void whoCannotStopIsFenced() {
    Story story = machines(3, SurrenderStoriesTest::web);
    Machine old = story.holder("server");
    old.agents()
        .habits(new Habits(Time.MILLIS, 10 * Time.MILLIS, Time.SECONDS, 1_000_000, 0, 0, 0));
    cutOff(story, old);
    story.runsElsewhereWithin("server", old, NOTICED + 8);
    assertThat(story.tells("does not let go", "cannot be stopped")).isTrue();
    assertThat(story.tells("power off")).isTrue();
    old.agents().habits(Habits.GOOD);
    story.cluster().lan().mend();
    story.settles(30);
  }

  @Test
  void whoHangsIsFencedWhenTheTimeIsOver() {
    Story story = machines(3, cib -> web(cib).property("fencing-surrender-timeout", "5s"));
    Machine old = story.holder("server");
    old.agents()
        .habits(new Habits(Time.MILLIS, 10 * Time.MILLIS, Time.SECONDS, 0, 0, 1_000_000, 0));
    cutOff(story, old);
    story.runsElsewhereWithin("server", old, NOTICED + 8);
    assertThat(story.tells("did not let go in time")).as(story.told()).isTrue();
    old.agents().habits(Habits.GOOD);
    story.cluster().lan().mend();
    story.settles(30);
  }

  @Test
  void whenTheLastRegionDiesTheQuestionIsOver() {
    Story story = machines(3, SurrenderStoriesTest::web);
    Machine old = story.holder("server");
    old.agents()
        .habits(new Habits(Time.MILLIS, 10 * Time.MILLIS, Time.SECONDS, 0, 0, 1_000_000, 0));
    cutOff(story, old);
    story.until("it is asked", NOTICED, () -> story.tells("to let go of its resources"));
    story.cluster().media().regions().getFirst().dead(old.id(), true);
    story.until(
        "it is given up", 5, () -> story.tells("is not seen on any heartbeat region any more"));
    story.runsElsewhereWithin("server", old, 5);
    story.cluster().media().regions().getFirst().mend();
    old.agents().habits(Habits.GOOD);
    story.cluster().lan().mend();
    story.settles(30);
  }

  @Test
  void nobodyIsAskedWhereThatIsSwitchedOff() {
    Story story = machines(3, cib -> web(cib).property("fencing-surrender-timeout", "0"));
    Machine old = story.holder("server");
    cutOff(story, old);
    story.runsElsewhereWithin("server", old, NOTICED + 4);
    assertThat(story.tells("to let go")).isFalse();
    assertThat(story.tells("power off")).isTrue();
    story.cluster().lan().mend();
    story.settles(30);
  }

  /** Without quorum it would stop nothing by itself. */
  @Test
  void whoWouldFreezeLetsGoAllTheSame() {
    Story story = machines(3, cib -> web(cib).property("no-quorum-policy", "freeze"));
    Machine old = story.holder("server");
    cutOff(story, old);
    story.runsElsewhereWithin("server", old, NOTICED + 4);
    story.after(10);
    nobodyWasFenced(story);
    assertThat(story.holder("server")).isNotSameAs(old);
    story.cluster().lan().mend();
    story.settles(20);
    nobodyWasFenced(story);
  }
}
