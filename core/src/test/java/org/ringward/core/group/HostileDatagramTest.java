package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ringward.core.link.Forger;

/**
 * Whatever arrives, nothing is thrown, and once it stops the ring works again; even for frames of
 * someone who has the key.
 */
final class HostileDatagramTest {
  @Test
  void withoutTheKeyNothingGetsIn() {
    RingWorld world = new RingWorld(1, 3);
    world.startAll();
    assertThat(world.settle(3_000)).isNotNegative();
    long sequence = world.running.get(1).groups.status().sequence();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 5_000; i++) {
      byte[] datagram =
          random.nextBoolean() ? randomBytes(random) : mutate(recorded(world, random), random);
      int to = 1 + random.nextInt(3);
      world.inject(1 + to % 3, to, datagram);
      world.run(1);
    }
    assertThat(world.settled()).as(world.describe()).isTrue();
    assertThat(world.running.get(1).groups.status().sequence()).isEqualTo(sequence);
  }

  @Test
  void aDatagramOfAnotherKeyIsDroppedAndCounted() {
    RingWorld world = new RingWorld(2, 3);
    world.startAll();
    world.settle(3_000);
    byte[] frame = recordedFrame(world, new SplittableRandom(3));
    byte[] key = RingWorld.KEY.clone();
    key[0]++;
    byte[] forged = new Forger(key).data(2, 1, frame, frame.length);
    world.inject(2, 1, forged);
    world.inject(2, 1, forged);
    world.run(10);
    assertThat(world.running.get(1).groups.status().counters())
        .containsEntry("dropped-bad-seal", 2L);
  }

  @Test
  void withTheKeyTheRingSurvives() {
    for (int seed = 1; seed <= Integer.getInteger("ringward.hostile.seeds", 12); seed++) {
      attack(seed);
    }
  }

  private static void attack(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RingWorld world = new RingWorld(seed, 3);
    world.startAll();
    world.settle(3_000);
    world.running.values().forEach(life -> life.say(3_000));
    world.run(300);
    Forger forger = new Forger(RingWorld.KEY);
    for (int i = 0; i < 400; i++) {
      byte[] frame = recordedFrame(world, random);
      byte[] sent = random.nextInt(10) == 0 ? randomBytes(random) : mutate(frame, random);
      int author = 1 + random.nextInt(3);
      byte[] forged = forger.data(author, 1 + random.nextInt(65_535), sent, sent.length);
      world.nodes.stream().forEach(to -> world.inject(author, to, forged));
      if (random.nextInt(4) == 0) {
        world.running.values().forEach(life -> life.say(random.nextInt(2_000)));
      }
      world.run(random.nextInt(15));
    }
    assertThat(world.settle(60_000)).as("seed " + seed + ": " + world.describe()).isNotNegative();
    long before = world.running.get(1).delivered;
    world.running.values().forEach(life -> life.say(100));
    world.run(3_000);
    assertThat(world.running.get(1).delivered)
        .as("seed " + seed + ": " + world.describe())
        .isGreaterThanOrEqualTo(before + 3);
  }

  private static byte[] recorded(RingWorld world, SplittableRandom random) {
    return world.recorded.get(random.nextInt(world.recorded.size()));
  }

  private static byte[] recordedFrame(RingWorld world, SplittableRandom random) {
    Forger forger = new Forger(RingWorld.KEY);
    byte[] frame = null;
    while (frame == null) {
      frame = forger.frameOf(recorded(world, random));
    }
    return frame;
  }

  private static byte[] randomBytes(SplittableRandom random) {
    byte[] bytes = new byte[random.nextInt(1, 300)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] mutate(byte[] original, SplittableRandom random) {
    byte[] bytes = original.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(1, bytes.length + 1));
      case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(1, 40));
      default -> {
        for (int i = random.nextInt(1, 5); i > 0; i--) {
          int at = random.nextInt(bytes.length);
          bytes[at] =
              switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> (byte) 0xFF;
                case 2 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
                default -> (byte) random.nextInt(256);
              };
        }
      }
    }
    return bytes;
  }
}
