package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.QuorumSettings;
import org.ringward.sim.machine.Machine;

/** Nodes that leave, and nodes that come and go by configuration. */
class MembershipStoriesTest {
  private static final QuorumSettings DOWNSCALE =
      QuorumSettings.DEFAULT.toBuilder()
          .expectedVotes(3)
          .allowDownscale(true)
          .expectedVotesTracking(true)
          .build();

  private static QuorumReport quorum(Story story, int node) {
    return (QuorumReport)
        Objects.requireNonNull(story.ask(node, Verb.QUORUM_STATUS, null).report(), "no report");
  }

  /** As with Corosync: with allow_downscale who has left is not expected any more, who died is. */
  @Test
  void aNodeThatLeavesIsNoLongerExpectedAndOneThatDiesIs() {
    Story story =
        Story.ofMachines(4, DOWNSCALE, cib -> cib.group("web", 1, "vip", "server")).after(1);
    assertThat(quorum(story, 1).expected()).isEqualTo(4);
    story.order(4, Verb.SHUTDOWN);
    story.until("n4 has left", 20, () -> story.machine(4).program() == null);
    story.after(1);
    assertThat(quorum(story, 1).expected()).isEqualTo(3);
    assertThat(quorum(story, 1).nodes()).hasSize(3);
    story.machine(3).holdDark(true);
    story.machine(3).powerOff();
    story.after(3);
    assertThat(quorum(story, 1).expected()).isEqualTo(3);
    assertThat(quorum(story, 1).nodes()).hasSize(2);
  }

  private static Story web(int machines) {
    return Story.ofMachines(machines, cib -> cib.group("web", 1, "vip", "server"))
        .files(nodes(machines), IntStream.rangeClosed(1, machines).toArray())
        .after(1);
  }

  private static NodeSet nodes(int count) {
    return NodeSet.of(IntStream.rangeClosed(1, count).toArray());
  }

  private static void leaves(Story story, int node) {
    story.order(node, Verb.SHUTDOWN);
    story.until("n" + node + " has left", 20, () -> story.machine(node).program() == null);
  }

  /** The service on the others does not notice; the votes are those of the nodes that are left. */
  @Test
  void aNodeIsRemovedAndAddedWhileTheOthersServe() {
    Story story = web(4);
    int holder = story.holder("server").id();
    int gone = holder == 4 ? 3 : 4;
    NodeSet rest = nodes(4).without(gone);
    leaves(story, gone);
    story.files(rest, rest.stream().toArray());
    story.order(holder, Verb.RING_RELOAD).after(1);
    assertThat(quorum(story, holder).expected()).isEqualTo(3);
    assertThat(quorum(story, holder).needed()).isEqualTo(2);
    assertThat(story.holder("server").id()).isEqualTo(holder);

    story.files(nodes(4), 1, 2, 3, 4);
    story.order(rest.get(1), Verb.RING_RELOAD).after(1);
    assertThat(quorum(story, holder).expected()).isEqualTo(4);
    story.machine(gone).startDaemon();
    story.settles(20);
    assertThat(story.holder("server").id()).isEqualTo(holder);
    assertThat(quorum(story, gone).nodes()).hasSize(4);
  }

  /** With five expected votes the two that are left could not go on. */
  @Test
  void afterTwoRemovalsThreeNodesBearALoss() {
    Story story = web(5);
    for (int left = 4; left >= 3; left--) {
      leaves(story, left + 1);
      story.files(nodes(left), IntStream.rangeClosed(1, left).toArray());
      story.order(1, Verb.RING_RELOAD).after(1);
    }
    Machine lost = story.holder("server");
    lost.holdDark(true);
    lost.powerOff();
    story.runsElsewhereWithin("server", lost, 5);
  }

  private static void refused(Story story, int node, String why) {
    AdminReply reply = story.ask(node, Verb.RING_RELOAD, null);
    assertThat(reply.message()).contains(why);
    assertThat(reply.exitCode()).isNotZero();
  }

  @Test
  void aNodeThatRunsIsNotRemoved() {
    Story story = web(4).files(nodes(3), 1, 2, 3);
    refused(story, 1, "n4 still runs and might have resources: stop it first, then remove it");
  }

  @Test
  void changesThatCouldGiveTwoSidesQuorumAreRefused() {
    Story story = web(5);
    leaves(story, 5);
    leaves(story, 4);
    story.files(nodes(3), 1, 2, 3);
    refused(story, 1, "from 5 to 3 expected votes is too much at once");
    story.cluster().partition(0b011, true, true);
    story.until("n1 has lost quorum", 10, () -> !quorum(story, 1).quorate());
    story.files(nodes(4), 1, 2, 3);
    refused(story, 1, "change only on a side that has quorum");
  }
}
