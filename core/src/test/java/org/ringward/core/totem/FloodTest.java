package org.ringward.core.totem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringward.core.config.TotemSettings;

/**
 * All nodes send as much as they may, and the sockets hold what Linux gives them without asking
 * (212,992 bytes, a little more than 180 full packets): nothing collapses.
 */
final class FloodTest {
  /** Payload in 184 packets of 1460 bytes. */
  private static final int SOCKET_BYTES = 184 * 1460;

  private static TotemWorld world(int nodes, int frameMax) {
    TotemWorld world = new TotemWorld(nodes, nodes, TotemSettings.DEFAULT);
    world.frameMax = frameMax;
    world.socketBytes = SOCKET_BYTES;
    world.nanosPerKilobyte = 4_000;
    world.sendsPerReceive = 20;
    world.startAll();
    return world;
  }

  @ParameterizedTest
  @CsvSource({"2,1500", "3,1500", "5,1500", "8,1500", "2,65536", "3,65536", "5,65536", "8,65536"})
  void allSendersKeepMostOfTheRateOfOne(int nodes, int frameMax) {
    TotemWorld world = world(nodes, frameMax);
    long sequence = world.node(1).ring.sequence();
    double one = world.flood(1 << 20, 500, 1);
    double all = world.flood(1 << 20, 500, world.nodes.stream().toArray());
    assertThat(world.node(1).ring.sequence()).as("the ring did not break").isEqualTo(sequence);
    assertThat(all).isGreaterThan(0.7 * one);
    assertThat(world.socketDrops).isZero();
  }

  @ParameterizedTest
  @CsvSource({"3,1500,0.05,4", "3,65536,0.05,8", "5,65536,0.05,15", "3,65536,0.2,100"})
  void lossSlowsTheRingDownAndDoesNotStopIt(int nodes, int frameMax, double loss, int times) {
    TotemWorld world = world(nodes, frameMax);
    double without = world.flood(1 << 20, 500, 1, 2);
    world.loss = loss;
    assertThat(world.flood(1 << 20, 1_000, 1, 2)).isGreaterThan(without / times);
    assertThat(world.socketDrops).isZero();
  }
}
