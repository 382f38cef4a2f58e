package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.ringward.core.config.TotemSettings;

/** Nodes that have lost their ring ids begin with the clock, and no ring has the id of another. */
final class LostRingIdTest {
  private static final long SINCE_1970 = 1_800_000_000_000L;

  private final TotemWorld world = new TotemWorld(1, 3, TotemSettings.DEFAULT);
  private final Set<String> given = new TreeSet<>();

  /** As the store of ring ids does it when its file is lost. */
  private void startWithoutRingId(int node) {
    world.ringIds.put(node, SINCE_1970 + world.now / TotemWorld.MILLI);
    world.start(node);
  }

  private void noteRings(int node) {
    for (TotemWorld.Configuration each : world.node(node).configurations) {
      if (each.regular()) {
        int representative = each.members().lowest();
        assertThat(given.add(representative + "." + each.sequence() + " at " + node)).isTrue();
      }
    }
  }

  @Test
  void noRingIdIsGivenTwice() {
    for (int life = 0; life < 6; life++) {
      for (int node = 1; node <= 3; node++) {
        startWithoutRingId(node);
      }
      assertThat(world.settle(10_000)).isNotNegative();
      for (int node = 1; node <= 3; node++) {
        noteRings(node);
        world.kill(node);
      }
      world.run(1);
    }
    assertThat(given).hasSizeGreaterThanOrEqualTo(6 * 3);
  }

  /** Corosync counts from 0. */
  @Test
  void aRingOfThoseThatCountFromZeroTakesOverTheHighest() {
    world.ringIds.put(2, 40L);
    world.ringIds.put(3, 4L);
    world.start(2);
    world.start(3);
    assertThat(world.settle(10_000)).isNotNegative();
    assertThat(world.node(2).ring.sequence()).isBetween(41L, 1_000L);
    startWithoutRingId(1);
    assertThat(world.settle(10_000)).isNotNegative();
    assertThat(world.node(3).ring.sequence()).isGreaterThan(SINCE_1970);
    assertThat(world.ringIds.get(2)).isEqualTo(world.ringIds.get(3)).isGreaterThan(SINCE_1970);
  }
}
