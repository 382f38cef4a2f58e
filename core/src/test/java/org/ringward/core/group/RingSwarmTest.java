package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;

/**
 * Many worlds with faults of all kinds: whatever happens, order and virtual synchrony hold, and
 * when it stops happening there is one ring again and nothing was lost.
 */
final class RingSwarmTest {
  private static final int SEEDS = Integer.getInteger("ringward.ring.seeds", 150);
  private static final int FIRST_SEED = Integer.getInteger("ringward.ring.first", 1);

  @Test
  void orderAndVirtualSynchronyHoldWhateverHappens() {
    for (int seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
      try {
        live(seed);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
      }
    }
  }

  private static void live(long seed) {
    SplittableRandom random = new SplittableRandom(seed * 7919);
    RingWorld world = new RingWorld(seed, 2 + random.nextInt(4));
    world.loss = random.nextInt(3) == 0 ? 0 : random.nextDouble(0.06);
    world.duplication = random.nextInt(3) == 0 ? 0 : random.nextDouble(0.05);
    world.delayMax = world.delayMin + random.nextLong(3 * RingWorld.MILLI);
    int talkativeness = 1 + random.nextInt(8);
    world.startAll();
    for (int i = 0; i < 50; i++) {
      fault(world, random);
      for (RingWorld.Life life : world.running.values()) {
        for (int j = random.nextInt(talkativeness); j > 0; j--) {
          life.say(size(random));
        }
      }
      world.run(random.nextInt(250));
    }
    recover(world);
    RingChecks.all(world);
  }

  private static int size(SplittableRandom random) {
    return switch (random.nextInt(60)) {
      case 0 -> random.nextInt(200_000);
      case 1, 2, 3 -> random.nextInt(5_000);
      default -> random.nextInt(200);
    };
  }

  private static void fault(RingWorld world, SplittableRandom random) {
    int node = world.nodes.get(random.nextInt(world.nodes.size()));
    switch (random.nextInt(24)) {
      case 0 -> world.crash(node);
      case 1 -> world.shutdown(node);
      case 2, 3, 4 -> {
        if (!world.running.containsKey(node)) {
          world.start(node);
        }
      }
      case 5 -> {
        world.crash(node);
        world.start(node);
      }
      case 6 -> {
        NodeSet some = NodeSet.of(world.nodes.stream().filter(_ -> random.nextBoolean()).toArray());
        world.cutBetween(some, world.nodes.minus(some));
      }
      case 7 -> {
        int other = world.nodes.get(random.nextInt(world.nodes.size()));
        world.cut.add(node + ">" + other);
      }
      case 8, 9, 10 -> world.heal();
      case 11 -> world.pause(node, random.nextInt(1500));
      case 12 -> {
        RingWorld.Life life = world.running.get(node);
        if (life != null) {
          life.groups.stalled(world.now);
        }
      }
      default -> {}
    }
  }

  private static void recover(RingWorld world) {
    world.heal();
    world.loss = Math.min(world.loss, 0.01);
    IntStream.of(world.nodes.stream().toArray())
        .filter(node -> !world.running.containsKey(node))
        .forEach(world::start);
    world.run(2_000); // no pause is longer
    assertThat(world.settle(20_000)).as(world.describe()).isNotNegative();
    world.running.values().forEach(life -> life.say(100));
    world.loss = 0;
    world.run(2_000);
    assertThat(world.settle(20_000)).as(world.describe()).isNotNegative();
    RingChecks.nothingSentIsLost(world);
    String last = lastOf(world.running.firstEntry().getValue());
    world
        .running
        .values()
        .forEach(life -> assertThat(lastOf(life)).as(world.tails()).isEqualTo(last));
  }

  private static String lastOf(RingWorld.Life life) {
    return life.texts().getLast();
  }
}
