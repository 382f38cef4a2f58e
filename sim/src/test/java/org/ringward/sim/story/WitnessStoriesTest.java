package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.DeviceSettings.Model;
import org.ringward.core.config.DeviceSettings.Net;
import org.ringward.core.config.DeviceSettings.Net.Tls;
import org.ringward.core.config.QuorumSettings;
import org.ringward.sim.device.DeviceHost;

/** Whole clusters with a witness, and with corosync-qnetd. */
class WitnessStoriesTest {
  private static final int TIMEOUT = 3000;

  private static QuorumSettings device(Model model, int votes, boolean lms) {
    Net net = new Net("place", 5408, lms, 0, true, Tls.ON, 2000, 0, "p12");
    return QuorumSettings.DEFAULT.toBuilder()
        .device(new DeviceSettings(model, votes, TIMEOUT, 30_000, false, net))
        .build();
  }

  private static Story web(int machines, QuorumSettings quorum) {
    return Story.ofMachines(machines, quorum, cib -> cib.group("web", 1, "vip", "server")).after(8);
  }

  private static Story witness(int machines) {
    return web(machines, device(Model.WITNESS, 1, false));
  }

  private static QuorumReport quorum(Story story, int node) {
    return (QuorumReport)
        Objects.requireNonNull(story.ask(node, Verb.QUORUM_STATUS, null).report(), "no report");
  }

  private static DeviceHost host(Story story) {
    return Objects.requireNonNull(story.cluster().deviceHost());
  }

  @Test
  void ofTwoEqualSidesOneGoesOnAndFencesTheOther() {
    for (Model model : new Model[] {Model.WITNESS, Model.NET}) {
      Story story = web(4, device(model, 1, false));
      assertThat(quorum(story, 1).votes()).as(model.name()).isEqualTo(5);
      story.cluster().partition(0b1100, true, true);
      story.until("n3 is fenced", 30, () -> story.tells("n3", "power off"));
      story.until("n4 is fenced", 30, () -> story.tells("n4", "power off"));
      assertThat(story.tells("n1", "power off")).isFalse();
      story.cluster().lan().mend();
      story.settles(40);
    }
  }

  @Test
  void whoHasTheDeviceGoesOnAlone() {
    for (Model model : new Model[] {Model.WITNESS, Model.NET}) {
      Story story = web(2, device(model, 1, false));
      host(story).lines().mute(1, true);
      host(story).lines().deaf(1, true);
      story.after(10);
      assertThat(quorum(story, 1).quorate()).as("two of three votes").isTrue();
      story.cluster().partition(0b10, true, true);
      story.until("n1 is fenced", 30, () -> story.tells("n1", "power off"));
      assertThat(story.tells("n2", "power off")).isFalse();
      host(story).mend();
      story.cluster().lan().mend();
      story.settles(40);
    }
  }

  @Test
  void theDeathOfTheDeviceMovesNothing() {
    for (Model model : new Model[] {Model.WITNESS, Model.NET}) {
      Story story = web(2, device(model, 1, false));
      int holder = story.holder("vip").id();
      host(story).powerOff();
      story.after(20);
      assertThat(quorum(story, 1).votes()).isEqualTo(2);
      assertThat(quorum(story, 2).quorate()).isTrue();
      assertThat(story.holder("vip").id()).isEqualTo(holder);
      story.cluster().partition(0b10, true, true);
      story.after(15);
      assertThat(quorum(story, 1).quorate()).as("neither half goes on").isFalse();
      assertThat(quorum(story, 2).quorate()).isFalse();
      assertThat(story.tells("power off")).isFalse();
      host(story).mend();
      story.until("one half goes on", 30, () -> story.tells("power off"));
      story.cluster().lan().mend();
      story.settles(40);
    }
  }

  /** Else it would use the vote up: it may not count it, and the other side would have to wait. */
  @Test
  void aNodeThatIsHeardButDeafDoesNotUseTheVoteUp() {
    Story story = witness(2);
    host(story).lines().deaf(1, true);
    story.cluster().partition(0b10, true, true);
    story.until("n1 is fenced", 30, () -> story.tells("n1", "power off"));
    assertThat(story.tells("n2", "power off")).isFalse();
    story.runsElsewhereWithin("vip", story.machine(1), 20);
    host(story).mend();
    story.cluster().lan().mend();
    story.settles(40);
  }

  /** What the first acknowledged alone is on its disk only, as the witness remembers. */
  @Test
  void aWitnessThatStartsAgainKnowsWhoWentOn() {
    Story story = witness(2);
    story.machine(2).holdDark(true);
    story.machine(2).powerOff();
    story.after(20).order(1, Verb.MAINTENANCE, "on", "true");
    story.machine(1).holdDark(true);
    story.machine(1).powerOff();
    host(story).powerOff();
    story.after(5);
    host(story).powerOn();
    story.machine(2).holdDark(false);
    story.machine(2).powerOn();
    story.after(25);
    assertThat(quorum(story, 2).quorate()).isFalse();
    story.machine(1).holdDark(false);
    story.machine(1).powerOn();
    story.after(20);
    assertThat(quorum(story, 2).quorate()).isTrue();
    assertThat(story.configuration(2)).contains("maintenance-mode");
  }

  /** It does not know how long its last vote may be counted, and says so; the nodes go on. */
  @Test
  void noRingWaitsForAWitnessWithADamagedFile() {
    Story story = witness(3);
    host(story).kill();
    host(story).damageFile();
    host(story).start();
    story.after(8);
    story.machine(3).powerOff();
    story.after(5);
    assertThat(quorum(story, 1).quorate()).as("two of four votes").isFalse();
    story.machine(3).powerOn();
    story.settles(15);
    assertThat(quorum(story, 1).votes()).isEqualTo(3);
    story.after(130);
    assertThat(quorum(story, 1).votes()).isEqualTo(4);
  }

  /** With the votes of lms a single node goes on, and after it came back so do all. */
  @Test
  void theLastOneThatTheWitnessHearsGoesOn() {
    Story story = web(3, device(Model.WITNESS, 2, true));
    story.machine(1).holdDark(true);
    story.machine(2).holdDark(true);
    story.machine(1).powerOff();
    story.machine(2).powerOff();
    story.after(15);
    assertThat(quorum(story, 3).quorate()).isTrue();
    story.runsWithin("vip", 30);
    story.machine(1).holdDark(false);
    story.machine(2).holdDark(false);
    story.machine(1).powerOn();
    story.machine(2).powerOn();
    story.settles(40);
  }
}
