package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.ringward.core.link.SealedTransport;

/**
 * Whatever arrives, nothing is thrown, and once it stops the ring works again; even for frames of
 * someone who has the key.
 */
final class HostileDatagramTest {
  private static final int ENVELOPE = 24;
  private static final int SEAL = 16;

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
      world.inject(0, 1 + random.nextInt(3), datagram);
      world.run(1);
    }
    assertThat(world.settled()).as(world.describe()).isTrue();
    assertThat(world.running.get(1).groups.status().sequence()).isEqualTo(sequence);
  }

  @Test
  void aDatagramOfAnotherClusterOrKeyIsDroppedAndCounted() {
    RingWorld world = new RingWorld(2, 3);
    world.startAll();
    world.settle(3_000);
    byte[] frame = frameOf(recorded(world, new SplittableRandom(3)));
    sealedBy("other", RingWorld.KEY, 2, world).broadcast(frame, frame.length);
    byte[] key = RingWorld.KEY.clone();
    key[0]++;
    sealedBy("test", key, 2, world).broadcast(frame, frame.length);
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
    SealedTransport[] attackers = new SealedTransport[3];
    Arrays.setAll(attackers, i -> sealedBy("test", RingWorld.KEY, i + 1, world));
    for (int i = 0; i < 400; i++) {
      byte[] frame = frameOf(recorded(world, random));
      byte[] sent = random.nextInt(10) == 0 ? randomBytes(random) : mutate(frame, random);
      attackers[random.nextInt(3)].broadcast(sent, Math.min(sent.length, 1_400));
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

  private static SealedTransport sealedBy(String cluster, byte[] key, int node, RingWorld world) {
    return new SealedTransport(
        cluster,
        node,
        world.nodes,
        key,
        99,
        world.settings.netmtu() - SealedTransport.OVERHEAD - 48,
        (link, to, datagram, offset, length) ->
            world.inject(node, to, Arrays.copyOfRange(datagram, offset, offset + length)));
  }

  private static byte[] recorded(RingWorld world, SplittableRandom random) {
    return world.recorded.get(random.nextInt(world.recorded.size()));
  }

  private static byte[] frameOf(byte[] datagram) {
    return Arrays.copyOfRange(datagram, ENVELOPE, datagram.length - SEAL);
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
