package org.ringward.core.quorum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringward.core.quorum.witness.WitnessRules.Algorithm;

/**
 * Many worlds with faults of all kinds: the vote is never counted on two sides, and when the faults
 * stop all nodes have it.
 */
final class WitnessSwarmTest {
  private static final int SEEDS = Integer.getInteger("ringward.witness.seeds", 150);
  private static final int FIRST_SEED = Integer.getInteger("ringward.witness.first", 1);

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

  private static int live(long seed) {
    SplittableRandom random = new SplittableRandom(seed * 7919);
    int count = 2 + random.nextInt(5);
    WitnessRules rules =
        new WitnessRules(
            random.nextBoolean() ? Algorithm.FFSPLIT : Algorithm.LMS,
            random.nextInt(count + 2) - 1,
            random.nextBoolean());
    WitnessWorld world = new WitnessWorld(seed, count, rules, 500 + random.nextInt(3000));
    world.shaky = random.nextBoolean();
    world.startAll();
    int counted = 0;
    for (int step = 0; step < 60; step++) {
      fault(world, random, count);
      world.run(random.nextInt(world.timeoutMillis));
      boolean divided = world.voters().size() > 0 && world.voters().size() < count;
      counted += divided ? 1 : 0;
    }
    world.heal();
    world.run(6L * world.timeoutMillis + 11_000);
    assertThat(world.voters()).as("nodes that have the vote in the end").isEqualTo(world.ids());
    return counted;
  }

  private static void fault(WitnessWorld world, SplittableRandom random, int count) {
    int node = 1 + random.nextInt(count);
    switch (random.nextInt(16)) {
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
      case 14 -> {
        if (world.witnessIsUp()) {
          world.stopWitness();
        } else {
          world.startWitness();
        }
      }
      default -> world.diskFails = random.nextBoolean();
    }
  }
}
