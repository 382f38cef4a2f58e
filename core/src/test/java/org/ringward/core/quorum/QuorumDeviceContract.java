package org.ringward.core.quorum;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;

/** What votequorum relies on in a quorum device of any kind. */
public abstract class QuorumDeviceContract {
  private static final int SEEDS = Integer.getInteger("ringward.device.seeds", 120);
  private static final int FIRST_SEED = Integer.getInteger("ringward.device.first", 1);

  /** A world of nodes 1 to count; which side of equal ones gets the vote: that of node 1. */
  protected abstract QuorumDeviceWorld world(long seed, int count);

  private QuorumDeviceWorld settled(int count) {
    QuorumDeviceWorld world = world(1, count);
    world.startAll();
    world.run(2 * world.settleMillis());
    assertThat(world.voters()).isEqualTo(world.ids());
    return world;
  }

  @Test
  void ofTwoEqualSidesOneGetsTheVoteAndTheOtherIsToldSo() {
    QuorumDeviceWorld world = settled(4);
    world.partition(0, 0, 1, 1);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.of(1, 2));
    assertThat(world.device(3).answered()).as("nobody waits for a vote that is lost").isTrue();
    assertThat(world.device(3).device().alive()).isTrue();
    world.partition(0, 0, 0, 0);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(world.ids());
  }

  @Test
  void theSurvivorOfTwoGetsTheVote() {
    QuorumDeviceWorld world = settled(2);
    world.crash(1);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.of(2));
    world.start(1);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(world.ids());
  }

  @Test
  void whoStaysBehindAnOrderlyEndGetsTheVote() {
    QuorumDeviceWorld world = settled(2);
    world.leave(2);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.of(1));
  }

  @Test
  void theVoteForARingIsGoneWithTheRing() {
    QuorumDeviceWorld world = settled(3);
    DeviceModel device = world.device(2);
    assertThat(device.answered()).isTrue();
    device.ring(2, 1_000_000, NodeSet.of(2), true);
    assertThat(device.device().castsVote()).isFalse();
    assertThat(device.answered()).as("the device is worth waiting for").isFalse();
  }

  @Test
  void withoutTheDeviceTheVoteEndsAndComesBack() {
    QuorumDeviceWorld world = settled(2);
    world.deviceWorks(false);
    world.run(2L * world.timeoutMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.EMPTY);
    assertThat(world.device(1).device().alive()).isFalse();
    assertThat(world.device(1).device().isRegistered()).isTrue();
    assertThat(world.device(1).answered()).as("nobody waits for a dead device").isTrue();
    world.deviceWorks(true);
    world.run(world.settleMillis());
    assertThat(world.voters()).isEqualTo(world.ids());
  }

  @Test
  void aSideWithoutTheDeviceHasNoVote() {
    QuorumDeviceWorld world = settled(4);
    world.link(1, false);
    world.link(2, false);
    world.partition(0, 0, 1, 1);
    world.run(2 * world.settleMillis());
    assertThat(world.voters()).isEqualTo(NodeSet.of(3, 4));
  }

  @Test
  void itForetellsWhoWins() {
    QuorumDeviceWorld world = settled(2);
    int preferred = world.device(1).preferred(List.of(NodeSet.of(1), NodeSet.of(2)));
    assertThat(preferred).isZero();
    world.partition(0, 1);
    world.run(world.settleMillis());
    assertThat(world.voters()).as("as it was foretold").isEqualTo(NodeSet.of(1));
    assertThat(world.device(1).sentences()).isNotEmpty();
  }

  @Test
  void theVoteIsNeverCountedOnTwoSides() {
    int counted = 0;
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      try {
        counted += live(seed);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
    assertThat(counted).as("moments in which a divided cluster counted the vote").isPositive();
  }

  private int live(long seed) {
    SplittableRandom random = new SplittableRandom(seed * 104_729);
    int count = 2 + random.nextInt(4);
    QuorumDeviceWorld world = world(seed, count);
    world.startAll();
    int counted = 0;
    for (int step = 0; step < 60; step++) {
      fault(world, random, count);
      world.run(random.nextLong(1 + world.settleMillis() / 2));
      boolean divided = world.voters().size() > 0 && world.voters().size() < count;
      counted += divided ? 1 : 0;
    }
    world.heal();
    world.run(3 * world.settleMillis());
    assertThat(world.voters()).as("nodes that have the vote in the end").isEqualTo(world.ids());
    return counted;
  }

  private static void fault(QuorumDeviceWorld world, SplittableRandom random, int count) {
    int node = 1 + random.nextInt(count);
    switch (random.nextInt(18)) {
      case 0, 1, 2, 3 ->
          world.partition(IntStream.range(0, count).map(_ -> random.nextInt(2)).toArray());
      case 4 -> world.partition(IntStream.range(0, count).map(_ -> random.nextInt(3)).toArray());
      case 5, 6 -> world.partition(new int[count]);
      case 7 -> world.crash(node);
      case 8 -> world.start(node);
      case 9 -> world.pause(node);
      case 10 -> world.resume(node);
      case 11 -> world.link(node, false);
      case 12, 13 -> world.link(node, true);
      case 14 -> world.deviceWorks(random.nextInt(3) > 0);
      default -> world.ownFault();
    }
  }
}
