package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.sim.agents.Habits;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.Violation;

/**
 * Machines with watchdogs of 5 s and no fencing device: what is lost counts as off 5 s + 3 * 0.4 s
 * + 1 s after the others have agreed to go on without it.
 */
class WatchdogStoriesTest {
  private static final double BOUND = 7.2;
  private static final double DETECTION = 1.5;

  private static Story threeMachines() {
    Story story = Story.ofMachinesWithWatchdogs(3, cib -> cib.group("web", 1, "vip", "server"));
    return story.after(1);
  }

  @Test
  void powerLossIsProvenByTime() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.powerOff();
    old.holdDark(true);
    story.staysDownFor("server", BOUND);
    story.runsElsewhereWithin("server", old, DETECTION);
    assertThat(story.tells("counts as off in", "watchdog")).isTrue();
    assertThat(story.tells("is proven down", "its watchdog has run out")).isTrue();
  }

  @Test
  void aStalledNodeIsResetBeforeItsServiceMoves() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.pause(30 * Time.SECONDS);
    story.until("the watchdog bites", 6.1, () -> story.tells(old.name(), "the watchdog bites"));
    story.runsWithin("server", BOUND);
    story.settles(15);
  }

  /** A watchdog that does not reset makes the proof wrong: the checks do bite. */
  @Test
  void aDeafWatchdogIsNoticedByTheChecks() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.watchdog().neverBites(true);
    old.pause(30 * Time.SECONDS);
    assertThatThrownBy(() -> story.after(BOUND + DETECTION))
        .isInstanceOf(Violation.class)
        .hasMessageContaining("holds it and nothing proves that it let go");
  }

  @Test
  void aKilledDaemonThatStaysDeadIsResetBeforeItsServiceMoves() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.restartsDaemon(false);
    old.killDaemon();
    story.until("the watchdog bites", 6.1, () -> story.tells(old.name(), "the watchdog bites"));
    story.settles(15);
  }

  @Test
  void aDaemonThatIsBackSoonTakesTheWatchdogOverAndKeepsItsServices() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.restartsDaemon(false);
    old.killDaemon();
    story.after(1);
    old.startDaemon();
    story.after(20);
    assertThat(story.tells("the watchdog bites")).isFalse();
    assertThat(story.holder("server").id()).isEqualTo(old.id());
    story.settles(1);
  }

  @Test
  void aCutOffNodeStopsItsServicesInTimeAndIsNotReset() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    story.cluster().partition(1L << (old.id() - 1), true, true);
    story.until("it has stopped", 5, () -> story.cluster().truth().on(old.id()).isEmpty());
    story.runsElsewhereWithin("server", old, BOUND + DETECTION);
    story.after(10);
    assertThat(story.tells("the watchdog bites")).isFalse();
    story.cluster().lan().mend();
    story.settles(15);
  }

  @Test
  void aCutOffNodeThatCannotStopIsReset() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.agents()
        .habits(new Habits(Time.MILLIS, 10 * Time.MILLIS, Time.SECONDS, 0, 0, 1_000_000, 0));
    story.cluster().partition(1L << (old.id() - 1), true, true);
    story.until("the watchdog bites", 7.2, () -> story.tells(old.name(), "the watchdog bites"));
    old.agents().habits(Habits.GOOD);
    story.runsElsewhereWithin("server", old, 3);
    story.cluster().lan().mend();
    story.settles(15);
  }

  @Test
  void aStopThatFailsIsEndedByTheOwnWatchdog() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.agents()
        .habits(new Habits(Time.MILLIS, 10 * Time.MILLIS, Time.SECONDS, 0, 0, 1_000_000, 0));
    story.order(1, Verb.BAN, "resource", "web", "node", old.name());
    story.until("the watchdog bites", 13, () -> story.tells(old.name(), "the watchdog bites"));
    old.agents().habits(Habits.GOOD);
    story.runsElsewhereWithin("server", old, 4);
    story.settles(15);
  }

  @Test
  void anOrderlyEndSwitchesTheWatchdogOff() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.restartsDaemon(false);
    story.order(old.id(), Verb.SHUTDOWN);
    story.until("the daemon ends", 5, () -> old.program() == null);
    story.after(20);
    assertThat(old.isPowered()).isTrue();
    assertThat(old.watchdog().isTicking()).isFalse();
    old.startDaemon();
    story.settles(5);
  }

  @Test
  void statusShowsOnWhatTheOthersCount() {
    Story story = threeMachines();
    assertThat(story.status(1).nodes())
        .allMatch(node -> node.detail().equals("watchdog: off 7.2 s after it is lost"));
    assertThat(story.status(2).guard().watchdog())
        .isEqualTo("/dev/watchdog (simulated), 5 s, fed; the others count on it");
    assertThat(story.status(1).warnings()).isEmpty();
  }

  /** Each of two may have quorum alone: no time proves anything. */
  @Test
  void ofTwoNodesNoneIsCountedOut() {
    Story story = Story.ofMachinesWithWatchdogs(2, cib -> cib.group("web", 1, "vip", "server"));
    assertThat(story.cluster().truth().runningOn("server")).isEmpty();
    assertThat(story.status(1).warnings().toString()).contains("no fencing device covers n1, n2");
  }
}
