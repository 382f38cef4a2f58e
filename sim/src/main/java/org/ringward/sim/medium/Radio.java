package org.ringward.sim.medium;

import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/** A region of datagrams: each reaches every machine, its sender too where it is not unicast. */
final class Radio extends SimulatedRegion {
  private final int number;
  private final boolean hearsItself;
  private final Receiver receiver;

  Radio(World world, int machines, Chance chance, int number, boolean unicast, Receiver receiver) {
    super(world, machines, chance);
    this.number = number;
    this.hearsItself = !unicast;
    this.receiver = receiver;
  }

  @Override
  void send(int from, int path, byte[] frame) {
    for (int to = 1; to <= machines; to++) {
      if ((to != from || hearsItself) && !isCut(from, to)) {
        send(to, frame);
      }
    }
  }

  private void send(int to, byte[] frame) {
    if (chance.inMillion(quality().losses())) {
      return;
    }
    byte[] bytes = chance.inMillion(quality().damages()) ? damaged(frame) : frame.clone();
    arrive(to, bytes, delay());
    if (chance.inMillion(quality().repeats())) {
      arrive(to, bytes.clone(), chance.between(Time.SECONDS / 2, REPEATS_WITHIN));
    }
  }

  private void arrive(int to, byte[] bytes, long delay) {
    world.after(delay, to, () -> receiver.heartbeat(number, 0, to, bytes));
  }
}
