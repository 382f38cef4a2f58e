package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.ringward.core.config.TotemSettings;

/** Rings that come to hear each other become one, also where nothing ever varies. */
final class MergeTest {
  private static final TotemSettings USUAL = TotemSettings.DEFAULT;

  /** Rings of one node each, on a network whose delay is always the same. */
  private static TotemWorld alone(int nodes, long delay, long frameNanos) {
    TotemWorld world = new TotemWorld(1, nodes, USUAL);
    world.inOrder = false;
    world.delayMin = delay;
    world.delayMax = delay;
    world.frameNanos = frameNanos;
    world.nodes.stream().forEach(world::cutOff);
    world.nodes.stream().forEach(world::start);
    return world;
  }

  @Test
  void explore() {
    for (int nodes = 2; nodes <= 6; nodes++) {
      for (long delay : new long[] {20, 50, 100, 500, 2000}) {
        for (long frame : new long[] {0, 1, 5000}) {
          for (int wait : new int[] {100, 400, 500, 1000, 1001, 1013, 1500}) {
            TotemWorld world = alone(nodes, delay * TotemWorld.MICRO, frame);
            world.run(wait);
            world.cut.clear();
            long time = world.settle(20_000);
            if (time < 0 || time > 2_000_000)
              System.out.println(
                  nodes
                      + " "
                      + delay
                      + " "
                      + frame
                      + " "
                      + wait
                      + ": "
                      + time / 1000
                      + " "
                      + world.node(1).ring.sequence()
                      + " "
                      + world.node(1).members()
                      + " "
                      + world.node(2).members());
          }
        }
      }
    }
    assertThat(USUAL).isNotNull();
  }
}
