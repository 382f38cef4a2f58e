package org.ringward.sim.medium;

import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The region whose heartbeats the network witness passes on: what happens to them happens to the
 * ways to the witness (sim.device), so nothing is carried here, and nobody must be heard on it
 * before all faults have stopped.
 */
final class ThroughWitness extends SimulatedRegion {
  ThroughWitness(World world, int machines, Chance chance) {
    super(world, machines, chance);
  }

  @Override
  public long goodSince(int from, int to) {
    return Time.NEVER;
  }

  @Override
  void send(int from, int path, byte[] frame) {}
}
