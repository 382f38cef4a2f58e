package org.ringward.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {
  @Test
  void thingsHappenInTheOrderOfTimeAndThenOfPlanning() {
    World world = new World(1, new Trace(null));
    List<String> happened = new ArrayList<>();
    world.after(20, 0, () -> happened.add("late"));
    world.after(10, 0, () -> happened.add("first"));
    world.after(
        10,
        0,
        () -> {
          happened.add("second");
          world.after(0, 0, () -> happened.add("third"));
        });
    world.runUntil(15);
    assertThat(happened).containsExactly("first", "second", "third");
    assertThat(world.now()).isEqualTo(15);
    world.runUntil(20);
    assertThat(happened).endsWith("late");
  }

  @Test
  void theHashTellsDifferentRunsApart() {
    assertThat(hashOf(10, 20)).isEqualTo(hashOf(10, 20)).isNotEqualTo(hashOf(10, 21));
  }

  private static long hashOf(long... times) {
    World world = new World(1, new Trace(null));
    for (long time : times) {
      world.at(time, 1, () -> {});
    }
    world.runUntil(100);
    return world.trace().hash();
  }
}
