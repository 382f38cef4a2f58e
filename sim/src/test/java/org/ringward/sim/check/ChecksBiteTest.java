package org.ringward.sim.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;
import org.ringward.sim.agents.Truth;
import org.ringward.sim.machine.NodeView;
import org.ringward.sim.world.Trace;
import org.ringward.sim.world.Violation;
import org.ringward.sim.world.World;

/** Every rule bites when it is broken, and stays silent when it is not. */
class ChecksBiteTest {
  private final World world = new World(1, new Trace(null));
  private final Truth truth = new Truth(world);
  private final RecoveryNeedsProof proof = new RecoveryNeedsProof("cache"::equals);
  private final Views views =
      new Views(List.of(OneQuorateSide.bySides(), new OneCoordinator(), new EqualStates()));

  private static void bites(ThrowingCallable broken, String rule) {
    assertThatThrownBy(broken).isInstanceOf(Violation.class).hasMessageStartingWith(rule);
  }

  private static NodeView view(
      int node, String ring, boolean quorate, boolean coordinates, int state, int... members) {
    return new NodeView(
        node,
        ring,
        NodeSet.of(members),
        quorate,
        quorate,
        coordinates,
        false,
        true,
        "1.0.1.0",
        state);
  }

  private void started(int node) {
    proof.agentCalled(node, "vip", "start");
    proof.agentEnded(node, "vip", "start", 0, false, true);
  }

  @Test
  void exclusiveResources() {
    world.watch(new ExclusiveResources(truth, "cache"::equals));
    truth.up(1, "vip");
    truth.down(1, "vip");
    truth.up(2, "vip");
    bites(() -> truth.up(1, "vip"), "exclusive resources");
    truth.up(1, "cache");
    truth.up(2, "cache");
    truth.up(1, Truth.promoted("cache"));
    bites(() -> truth.up(2, Truth.promoted("cache")), "exclusive resources");
  }

  @Test
  void recoveryAfterNothing() {
    started(1);
    bites(() -> proof.agentCalled(2, "vip", "start"), "recovery needs proof");
  }

  @Test
  void recoveryAfterDeathThatNobodyKnowsOf() {
    started(1);
    proof.poweredOff(1);
    bites(() -> proof.agentCalled(2, "vip", "start"), "recovery needs proof");
  }

  @Test
  void recoveryAfterAFenceThatLied() {
    started(1);
    proof.fenceReported(2, 1);
    bites(() -> proof.agentCalled(2, "vip", "start"), "recovery needs proof");
  }

  @Test
  void recoveryAfterAStopThatFailedOrThatNobodySaw() {
    started(1);
    proof.agentEnded(1, "vip", "stop", 1, false, true);
    proof.agentEnded(1, "vip", "stop", 0, false, false);
    bites(() -> proof.agentCalled(2, "vip", "start"), "recovery needs proof");
  }

  @Test
  void recoveryWhileAnOldStartStillRuns() {
    proof.agentCalled(1, "vip", "start");
    proof.agentEnded(1, "vip", "monitor", 7, false, true);
    bites(() -> proof.agentCalled(2, "vip", "start"), "recovery needs proof");
  }

  @Test
  void recoveryWithProof() {
    started(1);
    proof.agentEnded(1, "vip", "stop", 0, false, true);
    started(2);
    proof.poweredOff(2);
    proof.fenceReported(1, 2);
    started(1);
    proof.poweredOff(1);
    proof.confirmed(1);
    assertThatCode(() -> started(3)).doesNotThrowAnyException();
  }

  @Test
  void migrationToWhatIsKnownToBeOff() {
    started(1);
    proof.poweredOff(2);
    proof.fenceReported(1, 2);
    proof.migrates(1, "vip", 2);
    assertThatCode(() -> started(1)).doesNotThrowAnyException();
    proof.poweredOn(2);
    proof.migrates(1, "vip", 2);
    bites(() -> proof.agentCalled(1, "vip", "start"), "recovery needs proof");
  }

  @Test
  void migrationToWhatIsProvenDownWhileItIsUnderWay() {
    started(1);
    proof.poweredOff(2);
    proof.migrates(1, "vip", 2);
    bites(() -> proof.agentCalled(1, "vip", "start"), "recovery needs proof");
    proof.fenceReported(1, 2);
    proof.poweredOn(2);
    proof.agentEnded(1, "vip", "migrate_to", 1, false, true);
    assertThatCode(() -> started(1)).doesNotThrowAnyException();
  }

  @Test
  void recoveryWhereItIsCutOff() {
    RecoveryNeedsProof cut = new RecoveryNeedsProof("cache"::equals, (node, _) -> node != 1);
    cut.agentCalled(1, "vip", "start");
    assertThatCode(() -> cut.agentCalled(2, "vip", "start")).doesNotThrowAnyException();
    assertThatCode(() -> cut.agentCalled(1, "vip", "start")).doesNotThrowAnyException();
    bites(() -> cut.agentCalled(3, "vip", "start"), "recovery needs proof");
  }

  /** One that goes on by another member's word only counts as long as that may take. */
  @Test
  void oneQuorateSideByOwnVotes() {
    Views device = new Views(List.of(OneQuorateSide.byOwnVotes()));
    NodeSet ours = NodeSet.of(1, 2);
    device.update(new NodeView(1, "1/4", ours, true, false, true, true, true, "1.0.1.0", 7));
    device.update(view(3, "3/4", true, true, 1, 3, 4));
    bites(
        () ->
            device.update(new NodeView(1, "1/4", ours, true, true, true, true, true, "1.0.1.0", 7)),
        "one quorate side");
  }

  @Test
  void oneQuorateSide() {
    views.update(view(1, "1/4", true, true, 1, 1, 2));
    views.update(view(3, "3/4", false, false, 1, 3));
    bites(() -> views.update(view(3, "3/8", true, false, 1, 3, 4)), "one quorate side");
  }

  /** Seed 1016385, without person: two sides in a row, and the earlier one's state won. */
  @Test
  void successionsAndMeetings() {
    AtomicInteger noticed = new AtomicInteger();
    Views apart = new Views(List.of(new Successions(_ -> true, noticed::incrementAndGet)));
    apart.update(view(1, "1/4", true, true, 1, 1, 2));
    apart.update(view(1, "1/8", true, true, 1, 1));
    assertThat(noticed).hasValue(0);
    apart.update(view(1, "1/8", false, true, 1, 1));
    apart.update(view(2, "2/8", true, true, 1, 2));
    assertThat(noticed).hasValue(1);
    apart.update(view(2, "2/12", true, true, 2, 2));
    assertThat(noticed).hasValue(1);
    apart.update(view(1, "1/16", true, true, 2, 1, 2));
    apart.update(view(2, "1/16", true, false, 2, 1, 2));
    assertThat(noticed).hasValue(2);
  }

  /**
   * Seed 1089275: only who is shown old blocks of the quorum disk may not know of the one before.
   */
  @Test
  void aSuccessionOfWhoShouldKnowIsNone() {
    AtomicInteger noticed = new AtomicInteger();
    Views apart =
        new Views(
            List.of(new Successions(members -> members.contains(3), noticed::incrementAndGet)));
    apart.update(view(1, "1/4", true, true, 1, 1));
    apart.update(view(2, "2/8", true, true, 1, 2));
    assertThat(noticed).hasValue(0);
    apart.update(view(3, "3/12", true, true, 1, 3));
    assertThat(noticed).hasValue(1);
  }

  /** With two_node both may be quorate, but not both have proof. */
  @Test
  void oneSideWithProof() {
    Views halves = new Views(List.of(new OneSideWithProof()));
    NodeSet both = NodeSet.of(1, 2);
    halves.update(new NodeView(2, "1/4", both, true, true, false, true, true, "4.0.1.0", 7));
    halves.update(
        new NodeView(1, "1/8", NodeSet.of(1), true, true, true, true, true, "8.0.1.0", 7));
    NodeSet second = NodeSet.of(2);
    halves.update(new NodeView(2, "2/8", second, true, true, true, false, true, "4.0.1.0", 7));
    bites(
        () ->
            halves.update(
                new NodeView(2, "2/8", second, true, true, true, true, true, "8.0.1.0", 7)),
        "one side with proof");
  }

  @Test
  void oneCoordinator() {
    views.update(view(1, "1/4", true, true, 1, 1, 2));
    views.update(view(2, "1/4", true, false, 1, 1, 2));
    bites(() -> views.update(view(2, "1/4", true, true, 1, 1, 2)), "one coordinator");
  }

  @Test
  void equalStates() {
    views.update(view(1, "1/4", true, true, 1, 1, 2));
    bites(() -> views.update(view(2, "1/4", true, false, 2, 1, 2)), "equal states");
  }

  @Test
  void orderlyLeave() {
    OrderlyLeave leave = new OrderlyLeave(truth);
    truth.up(1, "vip");
    leave.daemonEnded(2, true);
    leave.daemonEnded(1, false);
    bites(() -> leave.daemonEnded(1, true), "orderly leave");
  }

  /** Seed 5248: a disk was taken away while the other one had nothing on it yet. */
  @Test
  void theOnlyDiskWithTheStateIsNotToSpare() {
    views.update(
        new NodeView(1, "1/4", NodeSet.of(1, 2), true, true, true, true, true, "1.0.1.0", 7));
    views.update(
        new NodeView(2, "1/4", NodeSet.of(1, 2), true, true, false, true, false, "1.0.1.0", 7));

    assertThat(views.isStoredBeside(1)).isFalse();
    assertThat(views.isStoredBeside(2)).isTrue();
  }

  /** Two members hear a joining and a message of the first; the second one came at place 2. */
  private static OneOrder order() {
    OneOrder order = new OneOrder();
    order.members("a", "choir", 1, Set.of(1L), "a");
    order.members("a", "choir", 2, Set.of(1L), "b");
    order.members("b", "choir", 2, Set.of(1L), "b");
    order.message("a", 3, 1, 7);
    order.message("b", 3, 1, 7);
    return order;
  }

  @Test
  void oneOrder() {
    OneOrder heard = order();
    heard.settled("a");
    heard.settled("b");
    heard.message("a", 5, 1, 8);
    bites(() -> heard.settled("b"), "one order");
    bites(() -> heard.message("b", 6, 1, 9), "one order");
    bites(() -> order().message("b", 3, 1, 7), "one order");
    bites(() -> order().message("b", 4, 2, 1), "one order");
    bites(() -> order().message("b", 4, 1, 7), "one order");
    bites(() -> order().message("c", 4, 1, 8), "one order");
    bites(() -> order().members("c", "choir", 2, Set.of(2L), "c"), "one order");
    OneOrder early = order();
    early.message("a", 6, 1, 8);
    bites(() -> early.members("c", "choir", 5, Set.of(1L, 5L), "c"), "one order");
  }
}
