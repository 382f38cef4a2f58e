package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.wire.JoinFrame;

/** Rings that come to hear each other become one soon, also where nothing ever varies. */
final class MergeTest {
  private static final TotemSettings USUAL = TotemSettings.DEFAULT;

  /** Rings of one node each that begin to hear each other, with a delay that is always the same. */
  private static TotemWorld alone(int nodes, long delay, int millis) {
    TotemWorld world = new TotemWorld(1, nodes, USUAL);
    world.inOrder = false;
    world.delayMin = delay;
    world.delayMax = delay;
    world.frameNanos = 0;
    world.nodes.stream().forEach(world::cutOff);
    world.nodes.stream().forEach(world::start);
    world.run(millis);
    world.cut.clear();
    return world;
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 50, 100, 500, 2_000})
  void ringsOfOneNodeMergeWhereTheDelayNeverVaries(int micros) {
    for (int nodes = 2; nodes <= 6; nodes++) {
      for (int millis : new int[] {100, 400, 1_013}) {
        TotemWorld world = alone(nodes, micros * TotemWorld.MICRO, millis);
        assertThat(world.settle(3_000)).as("%d nodes", nodes).isBetween(0L, 3_000_000L);
      }
    }
  }

  /** After a bad time each has given up others than the rest, who are all there. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void sixteenNodesAreOneRingSoonAfterABadTime(int seed) {
    TotemSettings quick =
        USUAL.toBuilder().token(445).tokenCoefficient(0).consensus(488).join(27).merge(72).build();
    TotemWorld world = new TotemWorld(seed, 16, quick);
    world.loss = 0.35;
    world.delayMin = 1_400 * TotemWorld.MICRO;
    world.delayMax = 5_500 * TotemWorld.MICRO;
    world.nodes.stream().forEach(world::start);
    world.run(2_000);
    world.loss = 0;
    world.delayMin = 60 * TotemWorld.MICRO;
    world.delayMax = 250 * TotemWorld.MICRO;
    assertThat(world.settle(20_000) / 1_000).isBetween(0L, 1_000L);
  }

  @Test
  void aRingThatWasJustFormedLetsStrangersWaitForOneJoin() {
    TotemWorld world = new TotemWorld(1, 3, USUAL);
    world.start(1);
    world.start(2);
    assertThat(world.settle(5_000)).isNotNegative();
    JoinFrame join = new JoinFrame(3, 3, 1, new int[] {3}, new int[0]);
    byte[] bytes = new byte[join.length()];
    join.write(bytes, 0);
    world.inject(3, 1, Arrays.copyOf(bytes, bytes.length));
    world.run(USUAL.join() - 10);
    assertThat(world.node(1).ring.state()).isEqualTo(TotemState.OPERATIONAL);
    world.run(10);
    world.inject(3, 1, bytes);
    world.run(1);
    assertThat(world.node(1).ring.state()).isEqualTo(TotemState.GATHER);
    assertThat(world.node(1).members()).isEqualTo(NodeSet.of(1, 2));
  }
}
