package org.ringward.core.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ringward.core.region.Village.MILLI;
import static org.ringward.core.region.Village.radio;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.ringward.core.base.Allocations;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.port.Heartbeats;

/** Sixteen nodes with four regions: heartbeats allocate nothing once they have begun. */
class RegionsAllocationTest {
  private static final int NODES = 16;

  /** Hands what one sends to all at once. */
  private static final class Air implements Heartbeats {
    private final Regions[] all = new Regions[NODES];
    private long now;
    private long frames;

    @Override
    public void send(int region, int path, byte[] frame, int offset, int length) {
      for (Regions each : all) {
        each.received(region, 0, frame, offset, length, now);
        frames++;
      }
    }
  }

  @Test
  void nothingIsAllocated() {
    Region[] regions = {
      radio("a", 1000, 10_000),
      radio("b", 1000, 10_000),
      radio("c", 1000, 10_000),
      radio("d", 1000, 10_000)
    };
    Village village = new Village(NODES, regions);
    Air air = new Air();
    for (int at = 0; at < NODES; at++) {
      Village.House house = village.houses.get(at);
      air.all[at] =
          new Regions(village.settings(at + 1, NODES, "v"), Village.KEY, 1, air, house, house);
    }
    Arrays.stream(air.all).forEach(each -> each.start(air.now));
    live(air, 300);
    long least =
        Allocations.least(
            2_000,
            () -> {
              long before = air.frames;
              live(air, 60);
              assertThat(air.frames - before).isGreaterThan(60L * 4 * NODES * NODES - 1000);
            });
    assertThat(least).isLessThan(2_000);
  }

  private static void live(Air air, int seconds) {
    for (int step = 0; step < seconds * 50; step++) {
      air.now += 20 * MILLI;
      for (Regions each : air.all) {
        each.turn(air.now);
      }
    }
  }
}
