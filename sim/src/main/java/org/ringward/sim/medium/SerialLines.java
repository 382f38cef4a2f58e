package org.ringward.sim.medium;

import java.util.Arrays;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.wire.SerialFraming;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * A ring of serial lines: way 0 of each machine leads to way 1 of the next. Bytes take the time
 * that the speed gives them; a frame is what the production framing finds among them.
 */
final class SerialLines extends SimulatedRegion {
  private static final int BITS_PER_BYTE = 10;

  /** As many as the daemon holds for a line that is behind. */
  private static final int WAITING_MOST = 64;

  private final int number;
  private final long byteNanos;
  private final Receiver receiver;
  private final SerialFraming[][] ends;
  private final long[][] busyUntil;
  private final byte[] encoded = new byte[SerialFraming.ENCODED_MAX];

  SerialLines(World world, int machines, Chance chance, int number, int baud, Receiver receiver) {
    super(world, machines, chance);
    this.number = number;
    this.byteNanos = BITS_PER_BYTE * Time.SECONDS / baud;
    this.receiver = receiver;
    this.ends = new SerialFraming[machines + 1][2];
    this.busyUntil = new long[machines + 1][2];
    for (SerialFraming[] each : ends) {
      each[0] = new SerialFraming();
      each[1] = new SerialFraming();
    }
  }

  @Override
  void send(int from, int path, byte[] frame) {
    for (int way = 0; way < 2; way++) {
      if (path == Heartbeats.EVERYWHERE || path == way) {
        transmit(from, way, frame);
      }
    }
  }

  private int neighbour(int machine, int way) {
    int step = way == 0 ? 1 : machines - 1;
    return (machine - 1 + step) % machines + 1;
  }

  private void transmit(int from, int way, byte[] frame) {
    int to = neighbour(from, way);
    int length = SerialFraming.encode(frame, 0, frame.length, encoded);
    long takes = length * byteNanos;
    long begins = Math.max(world.now(), busyUntil[from][way]);
    if (begins - world.now() > WAITING_MOST * takes) {
      return;
    }
    busyUntil[from][way] = begins + takes;
    if (isCut(from, to) || chance.inMillion(quality().losses())) {
      return;
    }
    byte[] bytes = Arrays.copyOf(encoded, length);
    if (chance.inMillion(quality().damages())) {
      bytes = damaged(bytes);
    }
    arrive(to, 1 - way, bytes, begins + takes - world.now() + delay());
    if (chance.inMillion(quality().repeats())) {
      arrive(to, 1 - way, bytes, chance.between(Time.SECONDS / 2, REPEATS_WITHIN));
    }
  }

  private void arrive(int to, int way, byte[] bytes, long delay) {
    world.after(
        delay,
        to,
        () -> {
          SerialFraming framing = ends[to][way];
          for (byte value : bytes) {
            if (framing.take(value)) {
              byte[] frame = Arrays.copyOf(framing.content(), framing.contentLength());
              receiver.heartbeat(number, way, to, frame);
            }
          }
        });
  }

  /** Neighbours have a line of their own; between others it depends on those that pass it on. */
  @Override
  public long goodSince(int from, int to) {
    boolean neighbours = neighbour(from, 0) == to || neighbour(from, 1) == to;
    return neighbours ? super.goodSince(from, to) : Time.NEVER;
  }
}
