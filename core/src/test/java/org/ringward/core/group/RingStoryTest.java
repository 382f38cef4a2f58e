package org.ringward.core.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.base.NodeSet;

/** Stories of one ring, in virtual time. */
final class RingStoryTest {
  @Test
  void aNodeAloneFormsARing() {
    RingWorld world = new RingWorld(1, 1);
    RingWorld.Life one = world.start(1);
    assertThat(world.settle(1000)).isBetween(0L, 100L);
    one.say(10);
    world.run(500);
    assertThat(one.texts()).containsExactly("1.1#0 ....");
    assertThat(one.groups.status().sequence()).isEqualTo(5);
  }

  @Test
  void threeNodesFormARingExchangeMessagesLoseOneAndTakeItBack() {
    RingWorld world = new RingWorld(2, 3);
    world.startAll();
    assertThat(world.settle(3000)).as(world.describe()).isBetween(0L, 1000L);
    world.running.values().forEach(life -> life.say(50));
    world.run(200);
    assertThat(world.running.get(1).texts()).hasSize(3);
    assertThat(world.running.get(2).texts()).isEqualTo(world.running.get(1).texts());
    assertThat(world.running.get(3).texts()).isEqualTo(world.running.get(1).texts());

    world.crash(2);
    assertThat(world.settle(3000)).as(world.describe()).isBetween(0L, 1300L);
    world.running.get(3).say(50);
    world.run(200);
    assertThat(world.running.get(1).texts()).hasSize(4);

    RingWorld.Life again = world.start(2);
    assertThat(world.settle(3000)).as(world.describe()).isBetween(0L, 1000L);
    world.running.get(1).say(50);
    world.run(200);
    assertThat(again.texts()).hasSize(1);
    assertThat(world.running.get(3).texts()).hasSize(5);
  }

  @Test
  void aNodeThatLeavesIsOutAtOnce() {
    RingWorld world = new RingWorld(3, 3);
    world.startAll();
    world.settle(3000);
    world.shutdown(3);
    assertThat(world.settle(3000)).as(world.describe()).isBetween(0L, 100L);
  }

  @Test
  void twoHalvesFormRingsOfTheirOwnAndMerge() {
    RingWorld world = new RingWorld(4, 4);
    world.startAll();
    world.settle(3000);
    world.cutBetween(NodeSet.of(1, 2), NodeSet.of(3, 4));
    world.run(3000);
    assertThat(world.running.get(1).view).isEqualTo(NodeSet.of(1, 2));
    assertThat(world.running.get(4).view).isEqualTo(NodeSet.of(3, 4));
    world.heal();
    assertThat(world.settle(3000)).as(world.describe()).isBetween(0L, 1000L);
  }

  @Test
  void aLargeMessageArrivesWhole() {
    RingWorld world = new RingWorld(5, 3);
    world.startAll();
    world.settle(3000);
    long begin = world.now;
    assertThat(world.running.get(1).say(4 * 1024 * 1024)).isTrue();
    world.running.get(1).say(10);
    while (world.running.get(3).delivered < 2 && world.now - begin < 20_000 * RingWorld.MILLI) {
      world.run(10);
    }
    assertThat(world.running.get(3).texts()).hasSize(2);
  }

  @Test
  void anIdleRingIsQuiet() {
    RingWorld world = new RingWorld(6, 3);
    world.startAll();
    world.settle(3000);
    world.run(1000);
    long before = world.datagrams;
    world.run(10_000);
    long perSecond = (world.datagrams - before) / 10;
    // About 55 by the held token, and 24 PINGs and PONGs.
    assertThat(perSecond).isBetween(40L, 110L);
  }
}
