package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.config.RegionSettings.Ping;
import org.ringward.sim.machine.Machine;

/** Machines that ping a router (lost after 3 s without an answer, settled 2 s later). */
class ConnectivityStoriesTest {
  private static final int ROUTER = 0;
  private static final double LOST = 3;
  private static final double SETTLING = 2;

  /** Rings, plans and agents. */
  private static final double MOVING = 2;

  private static Story machinesThatPing(int count) {
    Ping router = new Ping("router", List.of("10.9.0.1"), 1000, 3000, false);
    return Story.ofMachinesThatPing(
            count, List.of(router), cib -> cib.group("web", 1, "vip", "server"))
        .after(4);
  }

  private static void cut(Machine machine, boolean isCut) {
    machine.lan().pingHosts().cut(machine.id(), ROUTER, isCut);
  }

  private static void nobodyWasFenced(Story story) {
    assertThat(story.tells("power off")).isFalse();
    assertThat(story.status(1).fencing()).isEmpty();
  }

  @Test
  void whoLosesTheRouterHandsOverWithoutFencing() {
    Story story = machinesThatPing(3);
    Machine old = story.holder("server");
    cut(old, true);
    story.after(LOST);
    assertThat(story.holder("server")).isSameAs(old);
    story.runsElsewhereWithin("server", old, SETTLING + MOVING + 1);
    story.settles(5);
    nobodyWasFenced(story);
    assertThat(story.tells(old.name() + " reaches 0 of 1 ping nodes")).isTrue();
    assertThat(story.ask(1, Verb.WHY, null, "subject", "vip").toString())
        .contains("connectivity: it reaches 0 of what is pinged");
    RegionsReport report =
        (RegionsReport)
            Objects.requireNonNull(story.ask(old.id(), Verb.REGIONS, null).report(), "no report");
    assertThat(report.pings().getFirst().reachable()).isFalse();
    assertThat(report.warnings())
        .containsExactly("ping router: 10.9.0.1 does not answer this node");
    assertThat(story.status(old.id()).warnings())
        .contains("ping router: 10.9.0.1 does not answer this node");
  }

  /**
   * The router dies: each machine notices at its own time, and no machine is better than another.
   */
  @Test
  void whenNobodyReachesItEverythingStays() {
    for (int first = 1; first <= 3; first++) {
      Story story = machinesThatPing(3);
      Machine old = story.holder("server");
      for (int count = 0; count < 3; count++) {
        cut(story.machine((first + count - 1) % 3 + 1), true);
        story.after(0.3);
      }
      story.after(20);
      assertThat(story.holder("server")).isSameAs(old);
      for (int count = 0; count < 3; count++) {
        cut(story.machine((first + count - 1) % 3 + 1), false);
        story.after(0.3);
      }
      story.after(20);
      assertThat(story.holder("server")).isSameAs(old);
      assertThat(story.tells("stop server")).isFalse();
      nobodyWasFenced(story);
    }
  }

  /** Of two machines one is right, and nobody needs quorum devices or fencing for it. */
  @Test
  void ofTwoTheConnectedOneTakesOverAndTheOtherStaysAMember() {
    Story story = machinesThatPing(2);
    Machine old = story.holder("server");
    cut(old, true);
    story.runsElsewhereWithin("server", old, LOST + SETTLING + MOVING + 1);
    story.settles(5);
    nobodyWasFenced(story);
    cut(old, false);
    story.after(10);
    story.settles(1);
  }

  @Test
  void aShortLossMovesNothing() {
    Story story = machinesThatPing(3);
    Machine old = story.holder("server");
    cut(old, true);
    story.after(LOST - 0.1);
    cut(old, false);
    story.after(15);
    assertThat(story.holder("server")).isSameAs(old);
  }
}
