package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.config.DeviceSettings;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.QuorumSettings.Provider;
import org.ringward.core.config.QuorumSettings.TieBreaker;
import org.ringward.sim.medium.QuorumPlatter;

/** Whole clusters with a quorum disk. */
class QuorumDiskStoriesTest {
  private static final int TKO = 4;

  private static QuorumSettings disk(int votes) {
    DeviceSettings.Disk disk =
        new DeviceSettings.Disk("/dev/q", false, 250, TKO, 2, 2, TKO, 0, List.of());
    return new QuorumSettings(
        Provider.VOTEQUORUM,
        0,
        false,
        false,
        false,
        10_000,
        false,
        TieBreaker.LOWEST,
        false,
        false,
        new DeviceSettings(
            DeviceSettings.Model.DISK, votes, disk.leaseMillis(), 30_000, false, null, disk));
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
}
