package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.config.QuorumSettings.Provider;
import org.ringward.core.config.QuorumSettings.TieBreaker;

/** Nodes that leave, and nodes that come and go by configuration. */
class MembershipStoriesTest {
  private static final QuorumSettings DOWNSCALE =
      new QuorumSettings(
          Provider.VOTEQUORUM,
          3,
          false,
          false,
          false,
          10_000,
          false,
          TieBreaker.LOWEST,
          true,
          true,
          0);

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
}
