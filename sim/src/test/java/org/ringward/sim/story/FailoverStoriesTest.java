package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import org.ringward.sim.agents.Habits;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.power.PowerSwitch;
import org.ringward.sim.world.Time;

/** What a cluster does when something happens, with the times issue 2 asks for. */
class FailoverStoriesTest {
  private static final PowerSwitch.Habits BROKEN =
      new PowerSwitch.Habits(Time.MILLIS, 50 * Time.MILLIS, Time.SECONDS, 1_000_000, 0, 0, 0);

  private static Story threeMachines() {
    return Story.ofMachines(3, cib -> cib.group("web", 1, "vip", "server"));
  }

  @Test
  void powerLossMovesTheServiceWithinOneAndAHalfSeconds() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.powerOff();
    story.runsElsewhereWithin("server", old, 1.5);
    story.settles(10);
  }

  @Test
  void aKilledDaemonIsFencedAndItsServiceMoves() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.restartsDaemon(false);
    old.killDaemon();
    story.runsElsewhereWithin("server", old, 1.5);
    assertThat(story.tells("cuts the power of " + old.name())).isTrue();
    story.settles(10);
  }

  @Test
  void aDaemonThatIsBackAtOnceTakesItsServicesOverAsTheyRun() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.restartsDaemon(false);
    old.killDaemon();
    story.after(0.1);
    old.startDaemon();
    for (int i = 0; i < 500; i++) {
      story.after(0.01);
      assertThat(story.holder("server").id()).isEqualTo(old.id());
    }
    story.settles(1);
  }

  @Test
  void aStalledNodeIsFencedAndItsServiceMoves() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.pause(8 * Time.SECONDS);
    story.runsElsewhereWithin("server", old, 1.5);
    story.settles(15);
  }

  @Test
  void aCutOffNodeIsFencedByTheOthers() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    story.cluster().partition(1L << (old.id() - 1), true, true);
    story.runsElsewhereWithin("server", old, 1.5);
    story.cluster().lan().mend();
    story.settles(15);
  }

  @Test
  void aDeadServiceIsBackWithinItsMonitorInterval() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.agents().crashService("server");
    story.runsWithin("server", 1.5);
    story.settles(5);
  }

  @Test
  void aPlannedMoveTakesLessThanHalfASecond() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    int target = old.id() % 3 + 1;
    story.order(1, Verb.MOVE, "resource", "web", "node", "n" + target);
    story.runsElsewhereWithin("server", old, 0.4);
    assertThat(story.holder("vip").id()).isEqualTo(target);
    story.settles(5);
  }

  @Test
  void standbyEmptiesANode() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    story.order(2, Verb.STANDBY, "node", old.name(), "on", "true");
    story.runsElsewhereWithin("server", old, 1);
    story.order(2, Verb.STANDBY, "node", old.name(), "on", "false");
    story.settles(5);
  }

  @Test
  void anOrderlyShutdownMovesEverythingAwayFirstAndFencesNobody() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.restartsDaemon(false);
    story.order(old.id(), Verb.SHUTDOWN);
    story.runsElsewhereWithin("server", old, 1.5);
    story.until("the daemon ends", 5, () -> old.program() == null);
    story.after(3);
    assertThat(old.isPowered()).isTrue();
    assertThat(story.tells("cuts the power")).isFalse();
    old.startDaemon();
    story.settles(5);
  }

  @Test
  void withoutProofNothingIsRecovered() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    story.cluster().powerSwitch().habits(BROKEN);
    old.powerOff();
    story.staysDownFor("server", 10);
    int other = old.id() % 3 + 1;
    assertThat(story.status(other).nodes())
        .anyMatch(line -> line.name().equals(old.name()) && line.state().equals("unclean"));
    story.cluster().powerSwitch().habits(PowerSwitch.Habits.GOOD);
    story.runsElsewhereWithin("server", old, 30);
    story.settles(10);
  }

  /** Each of two may go on without the other, and changes nothing before that is proven down. */
  @Test
  void ofTwoAlsoAPersonMayConfirmThatOneIsDown() {
    Story story = Story.ofMachines(2, cib -> cib.group("web", 1, "vip", "server"));
    Machine old = story.holder("server");
    story.cluster().powerSwitch().habits(BROKEN);
    old.powerOff();
    old.holdDark(true);
    story.staysDownFor("server", 3);
    int other = 3 - old.id();
    assertThat(story.ask(other, Verb.STANDBY, null, "node", old.name()).exitCode()).isNotZero();
    story.cluster().world().observers().forEach(each -> each.confirmed(old.id()));
    story.order(other, Verb.CONFIRM, "node", old.name(), "reason", "I pulled its plug");
    story.runsElsewhereWithin("server", old, 1.5);
  }

  @Test
  void aPersonMayConfirmThatANodeIsDown() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    story.cluster().powerSwitch().habits(BROKEN);
    old.powerOff();
    old.holdDark(true);
    story.staysDownFor("server", 3);
    int other = old.id() % 3 + 1;
    story.cluster().world().observers().forEach(each -> each.confirmed(old.id()));
    story.order(other, Verb.CONFIRM, "node", old.name(), "reason", "I pulled its plug");
    story.runsElsewhereWithin("server", old, 1.5);
  }

  @Test
  void aStopThatHangsIsEndedByFencing() {
    Story story = threeMachines();
    Machine old = story.holder("server");
    old.agents()
        .habits(new Habits(Time.MILLIS, 10 * Time.MILLIS, Time.SECONDS, 0, 0, 1_000_000, 0));
    story.order(1, Verb.BAN, "resource", "web", "node", old.name());
    story.runsElsewhereWithin("server", old, 8);
    assertThat(story.tells("cuts the power of " + old.name())).isTrue();
  }

  @Test
  void aMinorityIsAskedInVain() {
    Story story = threeMachines();
    story.cluster().partition(1, true, true);
    story.after(3);
    assertThat(story.ask(1, Verb.STANDBY, null, "node", "n2", "on", "true").exitCode())
        .isIn(ExitCode.NO_QUORUM.number(), ExitCode.UNAVAILABLE.number());
  }

  @Test
  void aFullPowerLossLosesNoAcknowledgedChange() {
    Story story = threeMachines();
    story.order(1, Verb.STANDBY, "node", "n2", "on", "true");
    story.cluster().machines().forEach(Machine::powerOff);
    story.after(2);
    story.cluster().powerOnAll();
    story.settles(12);
    for (int node = 1; node <= 3; node++) {
      assertThat(story.status(node).nodes())
          .anyMatch(line -> line.name().equals("n2") && line.standby());
    }
  }

  @Test
  void aNewDiskIsFilledByTheOthers() {
    Story story = threeMachines();
    story.machine(2).powerOff();
    story.machine(2).disk().lose();
    story.settles(20);
    assertThat(story.configuration(2)).isEqualTo(story.configuration(1)).contains("\"server\"");
  }

  @Test
  void aDamagedStateFileIsReportedAndReplacedByTheOthersState() {
    Story story = threeMachines();
    story.machine(2).restartsDaemon(false);
    story.machine(2).killDaemon();
    for (String name : story.machine(2).disk().files().keySet()) {
      story.machine(2).disk().put(name, new byte[] {1, 2, 3});
    }
    story.settles(20);
    assertThat(story.tells("n2", "ERROR")).isTrue();
    assertThat(story.configuration(2)).isEqualTo(story.configuration(1));
  }

  @Test
  void aChangeThatNoMajorityCanStoreIsNotAcknowledged() {
    Story story = threeMachines();
    story.machine(2).disk().full(true);
    story.machine(3).disk().full(true);
    assertThat(story.ask(1, Verb.STANDBY, null, "node", "n2", "on", "true").exitCode()).isNotZero();
    story.machine(2).disk().full(false);
    story.machine(3).disk().full(false);
    story.order(1, Verb.STANDBY, "node", "n2", "on", "false");
  }

  @Test
  void randomAndForeignDatagramsDisturbNobody() {
    Story story = threeMachines();
    for (int i = 0; i < 500; i++) {
      story.cluster().lan().noise(i % 3 + 1);
      story.after(0.005);
    }
    story.settles(1);
    assertThat(story.tells("power off")).isFalse();
    assertThat(story.status(1).ringState()).isEqualTo("operational");
  }

  @Test
  void oneOfTwoGoesOnAfterItFencedTheOther() {
    Story story = Story.ofMachines(2, cib -> cib.group("web", 1, "vip", "server"));
    Machine old = story.holder("server");
    old.powerOff();
    story.runsElsewhereWithin("server", old, 1.5);
    story.settles(10);
  }
}
