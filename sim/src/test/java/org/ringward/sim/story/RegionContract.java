package org.ringward.sim.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.sim.machine.Machine;
import org.ringward.sim.medium.SimulatedRegion;
import org.ringward.sim.medium.SimulatedRegion.Quality;
import org.ringward.sim.world.Time;

/**
 * What holds for a heartbeat region of any kind, whatever its medium does: three machines with this
 * region alone, keepalive 1 s, deadtime 3 s. The rules that always hold are watched, too.
 */
abstract class RegionContract {
  private static final int KEEPALIVE = 1000;
  private static final int DEADTIME = 3000;

  /** The deadtime, a tenth of it, and the jitter of loops. */
  private static final double LOST = 3.4;

  private @Nullable Story story;

  /** The kind. */
  abstract Medium medium();

  @BeforeEach
  void start() {
    Times times = new Times(KEEPALIVE, DEADTIME, DEADTIME / 2, 2 * DEADTIME);
    Region region = new Region("region", times, medium());
    story =
        Story.ofMachinesWithRegions(
            3, List.of(region), cib -> cib.group("web", 1, "vip", "server"));
    seenWithin(4);
  }

  final Story story() {
    return Objects.requireNonNull(story);
  }

  private SimulatedRegion region() {
    return story().cluster().media().regions().getFirst();
  }

  private String state(int node, int other) {
    return report(node).regions().getFirst().sights().stream()
        .filter(sight -> sight.node().equals("n" + other))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private RegionsReport report(int node) {
    return (RegionsReport)
        Objects.requireNonNull(story().ask(node, Verb.REGIONS, null).report(), "no report");
  }

  /** Every machine sees every other one as it should before the time is over. */
  private void seenWithin(double seconds) {
    story().until("everybody is seen", seconds, this::everybodyIsSeen);
  }

  private boolean everybodyIsSeen() {
    for (int node = 1; node <= 3; node++) {
      for (int other = 1; other <= 3; other++) {
        if (node != other && !state(node, other).equals("seen")) {
          return false;
        }
      }
    }
    return true;
  }

  private void nothingFollowed() {
    assertThat(story().tells("power off")).isFalse();
    assertThat(story().status(1).fencing()).isEmpty();
    assertThat(story().status(1).nodes()).allMatch(node -> node.state().equals("member"));
  }

  @Test
  void aMachineThatHasNothingOfItIsShownWithinTwoKeepalivesAndNothingFollows() {
    Machine holder = story().holder("server");
    int node = holder.id() % 3 + 1;
    region().dead(holder.id(), true);
    story().until("it is late", 2, () -> state(node, holder.id()).equals("late"));
    story().until("it is lost", LOST, () -> state(node, holder.id()).equals("lost"));
    region().dead(holder.id(), false);
    seenWithin(3);
    assertThat(story().holder("server")).isSameAs(holder);
    nothingFollowed();
  }

  @Test
  void whoIsNotHeardHearsTheOthers() {
    // On serial lines and where heartbeats are passed on, every way to machine 2 is cut.
    region().cut(1, 2, true);
    region().cut(3, 2, true);
    story().until("n1 is lost at n2", 2 + LOST, () -> state(2, 1).equals("lost"));
    assertThat(state(1, 2)).isEqualTo("seen");
    assertThat(report(1).regions().getFirst().views().get(1).sees()).isEmpty();
    region().mend();
    seenWithin(3);
    nothingFollowed();
  }

  @Test
  void slownessBelowTheDeadtimeLosesNobody() {
    region().quality(new Quality(200 * Time.MILLIS, 600 * Time.MILLIS, 0, 0, 0));
    story().after(20);
    assertThat(story().tells("is silent on region")).isFalse();
    region().mend();
    seenWithin(9);
    nothingFollowed();
  }

  @Test
  void lossesDamagesAndRepeatsAreBorne() {
    region().quality(new Quality(Time.MILLIS, 200 * Time.MILLIS, 100_000, 100_000, 200_000));
    story().after(30);
    region().mend();
    seenWithin(9);
    nothingFollowed();
  }

  @Test
  void nothingButNoiseLosesTheRegionAndNothingElse() {
    region().quality(new Quality(Time.MILLIS, 5 * Time.MILLIS, 0, 1_000_000, 0));
    story().until("n2 is lost at n1", 2 + LOST, () -> state(1, 2).equals("lost"));
    region().mend();
    seenWithin(9);
    nothingFollowed();
  }

  @Test
  void repeatsDoNotKeepADeadNodeAlive() {
    region().quality(new Quality(Time.MILLIS, 30 * Time.MILLIS, 0, 0, 900_000));
    story().after(10);
    story().machine(3).powerOff();
    story().machine(3).holdDark(true);
    // What was under way may count, repeats do not: twice the deadtime at most.
    story().until("n3 is dead", 2 * LOST, () -> !report(1).nodes().get(2).alive());
    story().after(10);
    assertThat(report(1).nodes().get(2).alive()).isFalse();
    story().machine(3).holdDark(false);
    story().machine(3).powerOn();
    region().mend();
    seenWithin(20);
  }

  @Test
  void withoutTheRingAQuestionIsAnsweredOverIt() {
    story().cluster().partition(0b100, true, true);
    assertThat(story().ask(1, Verb.INQUIRE, null, "node", "n3").message())
        .isEqualTo("hello from n3");
  }

  @Test
  void aStallOfTwoSecondsIsToldAsAStall() {
    story().machine(2).pause(2 * Time.SECONDS);
    story().after(4);
    story().until("the stall is told", 2, () -> report(1).nodes().get(1).stallMillis() > 1500);
    assertThat(story().tells("n2 is silent on region")).isFalse();
  }
}
