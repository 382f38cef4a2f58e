package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.sim.agents.Habits;
import org.ringward.sim.machine.CibText;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.power.Fabric;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;

/** Rung 4: access to a storage is cut, and what lives there goes on while the rest waits. */
class AccessStoriesTest {
  private static final PowerSwitch.Habits BROKEN =
      new PowerSwitch.Habits(Time.MILLIS, 10 * Time.MILLIS, 20 * Time.MILLIS, 1_000_000, 0, 0, 0);

  /** No agent does anything. */
  private static final Habits FAILING =
      new Habits(Time.MILLIS, 10 * Time.MILLIS, 20 * Time.MILLIS, 1_000_000, 0, 0, 0);

  /** Two services on n3, of which one lives on a storage alone; n3 goes on with what it has. */
  private static Story machines(String policy) {
    Story story =
        Story.ofMachines(
            3,
            cib ->
                services(cib).accessDevice("san", 3, "files").property("no-quorum-policy", policy));
    story.cluster().powerSwitch().fabric().covers(List.of("files"), true, new Chance(7));
    story.after(3);
    assertThat(story.holder("files").id()).isEqualTo(3);
    assertThat(story.holder("mail").id()).isEqualTo(3);
    return story;
  }

  private static CibText services(CibText cib) {
    return cib.resource("files", 1)
        .resource("mail", 1)
        .location("files", 3, "100")
        .location("mail", 3, "100");
  }

  private static Machine cutOff(Story story) {
    story.cluster().partition(1L << 2, true, true);
    return story.machine(3);
  }

  private static Fabric fabric(Story story) {
    return story.cluster().powerSwitch().fabric();
  }

  @Test
  void whatLivesOnTheStorageIsRecoveredWhileThePowerSwitchFails() {
    Story story = machines("freeze");
    story.cluster().powerSwitch().habits(BROKEN);
    Machine lost = cutOff(story);
    story.runsElsewhereWithin("files", lost, 6);
    assertThat(fabric(story).isCut(3)).isTrue();
    assertThat(story.cluster().powerSwitch().feeds(3)).isTrue();
    // The lost one still runs both; the one without proof runs nowhere else.
    assertThat(story.cluster().truth().runningOn("files")).contains(3).hasSize(2);
    story.after(10);
    assertThat(story.cluster().truth().runningOn("mail")).containsExactly(3);
    String why = story.ask(1, Verb.WHY, null, "subject", "n3").toString();
    assertThat(why).contains("had the access of n3 to what san covers cut");

    story.cluster().powerSwitch().habits(PowerSwitch.Habits.GOOD);
    story.until(
        "mail runs elsewhere",
        90,
        () -> story.cluster().truth().runningOn("mail").stream().anyMatch(node -> node != 3));
    story.cluster().lan().mend();
    story.until("its access is back", 60, () -> !fabric(story).isCut(3));
    story.settles(60);
  }

  @Test
  void whoIsBackStopsWhatWasRecoveredAndThenHasItsAccessAgain() {
    Story story = machines("freeze");
    story.cluster().powerSwitch().habits(BROKEN);
    Machine lost = cutOff(story);
    story.runsElsewhereWithin("files", lost, 6);
    final int taker =
        story.cluster().truth().runningOn("files").stream().filter(n -> n != 3).findFirst().get();
    story.cluster().lan().mend();
    story.until("its access is back", 30, () -> !fabric(story).isCut(3));
    assertThat(story.cluster().truth().runningOn("files")).as(story.told()).doesNotContain(3);
    assertThat(story.tells("n3 gives n3 its access to what san covers back")).isTrue();
    assertThat(taker).isNotEqualTo(3);
    story.settles(60);
    assertThat(story.tells("power off")).as(story.told()).isFalse();
  }

  /** Its stop fails on n3; its access is cut there, and n3 with all else runs on. */
  @Test
  void aStopThatFailsCostsTheNodeItsAccessAndNotItsLife() {
    Story story = machines("freeze");
    story.order(1, Verb.MOVE, "resource", "mail", "node", "n1");
    story.until(
        "mail runs on n1",
        20,
        () -> story.cluster().truth().runningOn("mail").equals(new TreeSet<>(List.of(1))));
    story.settles(20);
    story.machine(3).agents().habits(FAILING);
    story.order(1, Verb.MOVE, "resource", "files", "node", "n2");
    story.until(
        "files runs on n2", 20, () -> story.cluster().truth().runningOn("files").contains(2));
    assertThat(fabric(story).isCut(3)).isTrue();
    assertThat(story.cluster().truth().runningOn("files")).as(story.told()).containsExactly(2, 3);
    story.after(10);
    assertThat(story.tells("power off")).as(story.told()).isFalse();
    assertThat(story.status(1).nodes()).allMatch(each -> each.state().equals("member"));

    story.machine(3).agents().habits(Habits.GOOD);
    story.order(1, Verb.CLEANUP, "resource", "files");
    story.until("its access is back", 30, () -> !fabric(story).isCut(3));
    assertThat(story.cluster().truth().runningOn("files")).as(story.told()).containsExactly(2);
    story.settles(30);
  }

  /** When the fabric does not cut, the power is cut as ever. */
  @Test
  void aStopThatFailsCostsTheNodeItsLifeWhenItsAccessCannotBeCut() {
    Story story = machines("freeze");
    fabric(story).habits(BROKEN, 0);
    story.machine(3).agents().habits(FAILING);
    story.order(1, Verb.MOVE, "resource", "files", "node", "n2");
    story.until(
        "files runs on n2", 30, () -> story.cluster().truth().runningOn("files").contains(2));
    assertThat(story.tells("power off")).as(story.told()).isTrue();
    story.settles(60);
  }

  @Test
  void aDeviceThatSaysItCutAndDidNotProvesNothing() {
    Story story = machines("freeze");
    story.cluster().powerSwitch().habits(BROKEN);
    fabric(story).habits(PowerSwitch.Habits.GOOD, 1_000_000);
    cutOff(story);
    story.after(15);
    assertThat(story.cluster().truth().runningOn("files")).as(story.told()).containsExactly(3);
    assertThat(story.tells("could not be changed", "its status says that it is on")).isTrue();
    fabric(story).habits(PowerSwitch.Habits.GOOD, 0);
    story.runsElsewhereWithin("files", story.machine(3), 40);
  }
}
