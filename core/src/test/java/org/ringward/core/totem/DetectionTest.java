package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.config.TotemTimes;

/** How soon members know that one of them is gone, and that none is taken for gone that is not. */
final class DetectionTest {
  private static final TotemSettings USUAL = TotemSettings.DEFAULT;

  /** Corosync's times, as in a mixed ring. */
  private static final TotemSettings SLOW = TotemSettings.COROSYNC;

  /** Milliseconds until all others have a ring without the node. */
  private static long out(TotemWorld world, int node) {
    long micros = world.settle(60_000);
    assertThat(micros).as("a ring without " + node).isNotNegative();
    assertThat(world.running.firstEntry().getValue().members().contains(node)).isFalse();
    return micros / 1000;
  }

  /** Where its connection does not tell at once: see docs/links.md, ends of programs. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8})
  void aKilledDaemonIsOutSoonAfterTheNextDatagramIsRefused(int count) {
    long rest = TotemTimes.of(USUAL, count).hold();
    for (int seed = 1; seed <= 20; seed++) {
      TotemWorld world = TotemWorld.formed(seed, count, USUAL);
      world.refuses = true;
      world.run(2_000 + 7 * seed);
      world.kill(1 + seed % count);
      assertThat(out(world, 1 + seed % count)).as("seed " + seed).isBetween(0L, rest + 50);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 8})
  void aSilentHostIsOutWithin700Milliseconds(int count) {
    for (int seed = 1; seed <= 20; seed++) {
      TotemWorld world = TotemWorld.formed(seed, count, USUAL);
      world.run(2_000 + 7 * seed);
      world.kill(1 + seed % count);
      assertThat(out(world, 1 + seed % count)).as("seed " + seed).isBetween(400L, 640L);
    }
  }

  @Test
  void theFastProfileTakesLessThan150Milliseconds() {
    for (int seed = 1; seed <= 20; seed++) {
      TotemWorld world = TotemWorld.formed(seed, 3, TotemSettings.FAST);
      world.run(500 + seed);
      world.kill(1 + seed % 3);
      assertThat(out(world, 1 + seed % 3)).as("seed " + seed).isBetween(60L, 125L);
    }
  }

  /** With Corosync's times token is waited for, but not consensus, which is longer. */
  @Test
  void corosyncsConsensusIsNotWaitedForWhenAllOthersAgree() {
    TotemWorld world = TotemWorld.formed(1, 3, SLOW);
    world.run(5_000);
    world.kill(2);
    assertThat(out(world, 2)).isBetween(2_900L, 3_650L + 200 + 100);
  }

  /** Both machines of a lost rack are given up together. */
  @Test
  void twoSilentHostsAreGivenUpTogether() {
    TotemWorld world = TotemWorld.formed(3, 5, USUAL);
    world.run(1_000);
    world.kill(2);
    world.kill(4);
    assertThat(out(world, 2)).isLessThan(640L);
    assertThat(world.node(1).configurations.getLast().members()).isEqualTo(NodeSet.of(1, 3, 5));
  }

  /** A ring that gathers for another reason bears a pause as long as token. */
  @Test
  void aPausedMemberIsNotOutBecauseAnotherNodeJoins() {
    TotemWorld world = new TotemWorld(4, 4, SLOW);
    world.start(1);
    world.start(2);
    world.start(3);
    world.settle(5_000);
    world.pause(3, 1_500);
    world.start(4);
    assertThat(world.settle(10_000)).isNotNegative();
    assertThat(world.node(1).configurations)
        .noneMatch(each -> !each.regular() && each.other().contains(3));
  }

  @Test
  void aForgedRefusalMakesAGatherAndNobodyIsOut() {
    for (int seed = 1; seed <= 10; seed++) {
      TotemWorld world = TotemWorld.formed(seed, 3, USUAL);
      world.run(1_000);
      long gathers = world.node(1).counter("gather-member-refused");
      for (int i = 0; i < 1_000; i++) {
        world.injectRefusal(2, 1);
        world.run(5);
      }
      assertThat(world.node(1).counter("gather-member-refused") - gathers).isEqualTo(1);
      assertThat(world.node(1).counter("refusals-ignored")).isGreaterThan(900);
      assertThat(world.node(1).configurations)
          .noneMatch(each -> !each.regular() && !each.other().isEmpty());
      assertThat(world.settled()).isTrue();
    }
  }

  @Test
  void aRefusalOfANodeThatIsNoMemberIsNothing() {
    TotemWorld world = new TotemWorld(6, 3, USUAL);
    world.start(1);
    world.start(2);
    world.settle(5_000);
    world.injectRefusal(3, 1);
    world.run(200);
    assertThat(world.node(1).counter("gather-member-refused")).isZero();
  }

  @Test
  void aNodeThatIsKilledAndStartsAtOnceIsAMemberAgain() {
    for (int seed = 1; seed <= 20; seed++) {
      TotemWorld world = TotemWorld.formed(seed, 3, USUAL);
      world.refuses = true;
      world.run(500 + 11 * seed);
      world.kill(2);
      world.run(seed * 5);
      world.start(2);
      assertThat(world.settle(3_000)).as("seed " + seed).isBetween(0L, 1_000_000L);
    }
  }

  @Test
  void aRestartedNodeIsAMemberAgainSoonAfterItWasRefused() {
    TotemWorld world = TotemWorld.formed(7, 3, USUAL);
    world.refuses = true;
    world.run(500);
    world.kill(2);
    out(world, 2);
    world.start(2);
    assertThat(world.settle(3_000)).isBetween(0L, 300_000L);
  }

  /** The one that stood still may be out of the ring, but comes back by itself and is clean. */
  @ParameterizedTest
  @ValueSource(longs = {150, 350, 450, 590, 700, 2_000, 20_000})
  void aNodeThatStoodStillIsAMemberAgain(long millis) {
    for (int seed = 1; seed <= 10; seed++) {
      TotemWorld world = TotemWorld.formed(seed, 3, USUAL);
      world.run(300);
      world.pause(2, millis);
      for (int i = 0; i < 20; i++) {
        world.run(millis / 20);
        world.node(1).say("m" + i);
      }
      world.run(20);
      assertThat(world.settle(5_000)).as("seed " + seed).isBetween(0L, 1_500_000L);
      world.node(2).say("back");
      world.run(200);
      assertThat(world.node(1).packets).contains("back");
      assertThat(world.node(2).packets).contains("back");
      assertThat(world.node(3).packets).contains("back");
    }
  }

  /** A pause shorter than token costs no member and no ring. */
  @Test
  void aShortPauseIsNoFailure() {
    TotemWorld world = TotemWorld.formed(9, 3, USUAL);
    world.run(300);
    long sequence = world.node(1).ring.sequence();
    world.pause(2, 330);
    world.run(1_000);
    assertThat(world.node(1).ring.sequence()).isEqualTo(sequence);
  }

  @Test
  void anOrderlyLeaveIsKnownAtOnce() {
    TotemWorld world = TotemWorld.formed(10, 4, USUAL);
    world.run(300);
    world.node(3).ring.leave();
    world.kill(3);
    assertThat(out(world, 3)).isLessThan(20L);
  }

  @Test
  void aLateTokenIsCounted() {
    TotemWorld world = TotemWorld.formed(11, 3, USUAL);
    world.run(300);
    assertThat(world.node(1).counter("tokens-late")).isZero();
    world.pause(2, 340);
    world.run(500);
    assertThat(world.node(1).counter("tokens-late")).isEqualTo(1);
  }

  /** heartbeat_failures_allowed: the token is missed sooner than after the token timeout. */
  @Test
  void heartbeatFailuresShortenTheTokenTimeout() {
    TotemSettings settings =
        USUAL.toBuilder().token(4_000).heartbeatFailuresAllowed(1).maxNetworkDelay(100).build();
    TotemWorld world = TotemWorld.formed(12, 3, settings);
    world.node(1).floods = 100;
    world.node(1).ring.wake();
    world.run(300);
    long before = world.node(1).counter("gather-token-lost-in-operational");
    world.kill(2);
    world.run(1_200);
    assertThat(world.node(1).counter("gather-token-lost-in-operational")).isEqualTo(before + 1);
  }
}
