package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.QuorumSettings;
import org.ringward.sim.medium.QuorumPlatter;

/** Whole clusters with a quorum disk. */
class QuorumDiskStoriesTest {
  private static final int TKO = 4;

  private static QuorumSettings disk(int votes) {
    DeviceSettings.Disk disk =
        new DeviceSettings.Disk("/dev/q", false, 250, TKO, 2, 2, TKO, 0, List.of());
    return QuorumSettings.DEFAULT.toBuilder()
        .device(
            new DeviceSettings(
                DeviceSettings.Model.DISK, votes, disk.leaseMillis(), 30_000, false, null, disk))
        .build();
  }

  private static Story web(int machines, int votes) {
    return Story.ofMachines(machines, disk(votes), cib -> cib.group("web", 1, "vip", "server"))
        .after(5);
  }

  private static QuorumReport quorum(Story story, int node) {
    return (QuorumReport)
        Objects.requireNonNull(story.ask(node, Verb.QUORUM_STATUS, null).report(), "no report");
  }

  @Test
  void ofTwoEqualSidesTheOneThatWasForetoldGoesOnAndFencesTheOther() {
    Story story = web(4, 3);
    assertThat(quorum(story, 1).votes()).isEqualTo(7);
    assertThat(quorum(story, 4).outlook())
        .contains("any 3 nodes of 4 may fail at once and the rest goes on");
    story.cluster().partition(0b1100, true, true);
    story.until("the others are fenced", 30, () -> story.tells("n3", "power off"));
    story.until("the others are fenced", 30, () -> story.tells("n4", "power off"));
    assertThat(story.tells("n1", "power off")).isFalse();
    story.cluster().lan().mend();
    story.settles(40);
  }

  @Test
  void whoHasTheDiskGoesOnAlone() {
    Story story = web(2, 1);
    QuorumPlatter platter = story.cluster().quorumDisk();
    platter.fails(1, true);
    story.after(5);
    assertThat(quorum(story, 1).quorate()).as("two of three votes").isTrue();
    story.cluster().partition(0b10, true, true);
    story.until("n1 is fenced", 30, () -> story.tells("n1", "power off"));
    assertThat(story.tells("n2", "power off")).isFalse();
    story.runsElsewhereWithin("vip", story.machine(1), 20);
    platter.mend();
    story.cluster().lan().mend();
    story.settles(40);
  }

  @Test
  void theDeathOfTheDiskMovesNothing() {
    Story story = web(2, 1);
    int holder = story.holder("vip").id();
    story.cluster().quorumDisk().zeros();
    story.after(20);
    assertThat(quorum(story, 1).votes()).isEqualTo(2);
    assertThat(quorum(story, 2).quorate()).isTrue();
    assertThat(String.join(" ", quorum(story, 2).outlook()))
        .contains("the quorum disk /dev/q is of no use: its header has become zeros");
    assertThat(story.holder("vip").id()).isEqualTo(holder);
    assertThat(story.tells("power off")).isFalse();
    story.cluster().quorumDisk().mend();
    story.after(5);
    assertThat(quorum(story, 1).votes()).isEqualTo(3);
  }

  /** Both halves need the disk, and it is dead: nothing goes on until they are one again. */
  @Test
  void withoutTheDiskNeitherHalfGoesOn() {
    Story story = web(2, 1);
    story.cluster().quorumDisk().zeros();
    story.after(5);
    story.cluster().partition(0b10, true, true);
    story.after(15);
    assertThat(quorum(story, 1).quorate()).isFalse();
    assertThat(quorum(story, 2).quorate()).isFalse();
    assertThat(story.tells("power off")).isFalse();
    story.cluster().lan().mend();
    story.settles(20);
  }

  /** n1 goes on alone and is told to do something; then it is off, and n2 comes back. */
  private static Story oneAfterTheOther() {
    Story story = web(2, 1);
    story.machine(2).holdDark(true);
    story.machine(2).powerOff();
    story.after(15).order(1, Verb.MAINTENANCE, "on", "true");
    assertThat(story.configuration(1)).contains("maintenance-mode");
    story.machine(1).holdDark(true);
    story.machine(1).powerOff();
    story.after(5);
    story.machine(2).holdDark(false);
    story.machine(2).powerOn();
    return story.after(25);
  }

  /** What the first acknowledged alone is on its disk only. */
  @Test
  void whoComesBackAloneWaitsForTheOneThatWentOn() {
    Story story = oneAfterTheOther();
    assertThat(quorum(story, 2).quorate()).isFalse();
    assertThat(String.join(" ", quorum(story, 2).outlook()))
        .contains("may have changed what they do not know of");
    story.machine(1).holdDark(false);
    story.machine(1).powerOn();
    story.after(20);
    assertThat(quorum(story, 2).quorate()).isTrue();
    assertThat(story.configuration(2)).contains("maintenance-mode");
  }

  /** The other way round: it has what there is, and needs nobody. */
  @Test
  void whoWentOnAloneLastGoesOnAloneAgain() {
    Story story = web(2, 1);
    story.machine(2).holdDark(true);
    story.machine(2).powerOff();
    story.after(15).order(1, Verb.MAINTENANCE, "on", "true");
    story.machine(1).powerOff();
    story.after(5);
    story.machine(1).powerOn();
    story.after(25);
    assertThat(quorum(story, 1).quorate()).isTrue();
    assertThat(story.configuration(1)).contains("maintenance-mode");
  }

  @Test
  void anOperatorCanGoOnWithoutTheOneThatIsGone() {
    Story story = oneAfterTheOther();
    story.order(2, Verb.QUORUM_FORCE, "reason", "n1 has burnt down");
    assertThat(quorum(story, 2).quorate()).isTrue();
    story.order(2, Verb.STANDBY, "node", "n1", "on", "true");
  }

  /** A node that has lost its disk, and the quorum disk: they would begin anew. */
  @Test
  void aNodeWithANewDiskDoesNotBeginAnewWithTheQuorumDisk() {
    Story story = web(2, 1);
    story.machine(1).holdDark(true);
    story.machine(1).powerOff();
    story.machine(2).powerOff();
    story.machine(2).disk().lose();
    story.after(2);
    story.machine(2).powerOn();
    story.after(25);
    assertThat(quorum(story, 2).quorate()).isFalse();
    story.machine(1).holdDark(false);
    story.machine(1).powerOn();
    story.settles(40);
    assertThat(story.configuration(2)).contains("vip");
  }
}
