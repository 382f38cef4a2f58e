package org.ringward.sim.medium;

import java.util.Arrays;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * A local network between machines 1 to n, with everything that datagrams may suffer: loss, delay,
 * reordering (by unequal delays), duplication, late repetition, corruption, one-way cuts, clogs,
 * and noise that no node has sent.
 */
public final class Lan {
  private static final int LARGEST_NOISE = 1400;

  private final World world;
  private final Chance chance;
  private final Receiver receiver;
  private final int machines;
  private final boolean[][] cut;
  private final long[][] cloggedUntil;
  private Quality quality = Quality.GOOD;

  /** Takes what arrives. */
  public interface Receiver {
    /**
     * A datagram has reached a machine. The bytes belong to the receiver.
     *
     * @param fromNode 0 when no machine has sent it
     */
    void arrived(int atNode, int fromNode, byte[] datagram);
  }

  /**
   * How bad the network is. Times in nanoseconds, the rest in cases of a million datagrams.
   *
   * @param replays datagrams that come once more, seconds later
   */
  public record Quality(
      long delayLow, long delayHigh, long losses, long duplicates, long corruptions, long replays) {
    public static final Quality GOOD = new Quality(60 * Time.MICROS, 250 * Time.MICROS, 0, 0, 0, 0);
  }

  public Lan(World world, int machines, Receiver receiver) {
    this.world = world;
    this.chance = world.fork("lan");
    this.machines = machines;
    this.receiver = receiver;
    this.cut = new boolean[machines + 1][machines + 1];
    this.cloggedUntil = new long[machines + 1][machines + 1];
  }

  public void quality(Quality newQuality) {
    this.quality = newQuality;
  }

  /** Cuts or mends one direction. */
  public void cut(int from, int to, boolean isCut) {
    cut[from][to] = isCut;
  }

  /** Holds back everything on one direction until that time; then it arrives at once. */
  public void clog(int from, int to, long untilTime) {
    cloggedUntil[from][to] = untilTime;
  }

  /** Mends all cuts and clogs; the quality stays. */
  public void mend() {
    for (boolean[] row : cut) {
      Arrays.fill(row, false);
    }
    for (long[] row : cloggedUntil) {
      Arrays.fill(row, 0);
    }
  }

  /** Sends a datagram; the bytes are copied. */
  public void send(int from, int to, byte[] bytes, int offset, int length) {
    world.trace().fold(bytes, offset, length);
    if (to < 1 || to > machines || cut[from][to] || chance.inMillion(quality.losses)) {
      return;
    }
    byte[] datagram = Arrays.copyOfRange(bytes, offset, offset + length);
    if (chance.inMillion(quality.corruptions)) {
      damage(datagram);
    }
    arrive(from, to, datagram, delay());
    if (chance.inMillion(quality.duplicates)) {
      arrive(from, to, datagram.clone(), delay());
    }
    if (chance.inMillion(quality.replays)) {
      arrive(from, to, datagram.clone(), chance.between(Time.SECONDS / 2, 10 * Time.SECONDS));
    }
  }

  /** A datagram of random bytes arrives from nowhere. */
  public void noise(int to) {
    byte[] bytes = new byte[(int) chance.below(LARGEST_NOISE)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) chance.next();
    }
    world.after(delay(), to, () -> receiver.arrived(to, 0, bytes));
  }

  private void arrive(int from, int to, byte[] datagram, long delay) {
    long time = Math.max(world.now() + delay, cloggedUntil[from][to]);
    world.at(
        time,
        to,
        () -> {
          if (!cut[from][to]) {
            receiver.arrived(to, from, datagram);
          }
        });
  }

  private long delay() {
    return chance.between(quality.delayLow, quality.delayHigh);
  }

  /** Flips a bit, or cuts the end off. */
  private void damage(byte[] datagram) {
    if (datagram.length > 0) {
      int place = (int) chance.below(datagram.length);
      datagram[place] ^= (byte) (1 << chance.below(8));
    }
  }
}
