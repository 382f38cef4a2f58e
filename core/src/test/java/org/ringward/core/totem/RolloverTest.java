package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.config.TotemSettings;

/**
 * Message and token numbers that pass 2^31 and 2^32: in 32 bits, as Corosync has them. At 20,000
 * frames per second a ring comes there in 30 and in 60 hours.
 */
final class RolloverTest {
  /** Begins just before the middle and just before the end, and a few in between. */
  private static final int MIDDLE = 0x7FFFFFFF - 700;

  private static final int END = -700;

  private static TotemWorld world(int firstSeq, int count) {
    TotemWorld world = new TotemWorld(firstSeq, count, TotemSettings.DEFAULT);
    world.firstSeq = firstSeq;
    world.loss = 0.02;
    world.startAll();
    return world;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, MIDDLE, END, MIDDLE + 699, END + 699, MIDDLE + 650, END + 650})
  void aRingPassesThePlaceWithLossAndAllHaveTheSame(int firstSeq) {
    TotemWorld world = world(firstSeq, 3);
    long sequence = world.node(1).ring.sequence();
    for (int i = 0; i < 1500; i++) {
      world.node(1 + i % 3).say("m" + i);
      world.run(1);
    }
    world.run(500);
    List<String> first = world.node(1).packets;
    assertThat(first).hasSize(1500);
    assertThat(world.node(2).packets).isEqualTo(first);
    assertThat(world.node(3).packets).isEqualTo(first);
    assertThat(world.node(1).ring.sequence()).as("the ring did not break").isEqualTo(sequence);
    assertThat(world.node(2).counter("retransmits-requested")).isPositive();
  }

  /** The membership changes while numbers are around the place: recovery has to order them. */
  @ParameterizedTest
  @ValueSource(ints = {MIDDLE + 640, END + 640, MIDDLE + 690, END + 690})
  void recoveryWorksAroundThePlace(int firstSeq) {
    for (int round = 0; round < 10; round++) {
      TotemWorld world = world(firstSeq, 3);
      world.loss = 0.2;
      for (int i = 0; i < 120 + 5 * round; i++) {
        world.node(1 + i % 3).say("m" + i);
        world.run(1);
      }
      world.kill(3);
      assertThat(world.settle(20_000)).isNotNegative();
      world.loss = 0;
      world.run(1_000);
      assertThat(world.settle(20_000)).isNotNegative();
      assertSameOrder(world.node(1).packets, world.node(2).packets);
      assertThat(world.node(1).packets).contains("m0", "m57").doesNotHaveDuplicates();
      assertThat(world.node(2).packets).contains("m1", "m58").doesNotHaveDuplicates();
    }
  }

  /** With so much loss each may have been alone for a while; what both have is in one order. */
  private static void assertSameOrder(List<String> first, List<String> second) {
    assertThat(first.stream().filter(second::contains).toList())
        .isEqualTo(second.stream().filter(first::contains).toList())
        .hasSizeGreaterThan(50);
  }
}
