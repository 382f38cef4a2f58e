package org.ringward.sim.medium;

import java.util.Arrays;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * What carries the heartbeats of one region between machines 1 to n, with its lies: it loses,
 * delays, damages and repeats, one machine may not hear another, a machine may have none of it at
 * all, and there is noise. What that means is each medium's own matter.
 */
public abstract class SimulatedRegion {
  /** The longest that a medium keeps something that it repeats later. */
  public static final long REPEATS_WITHIN = 6 * Time.SECONDS;

  final World world;
  final int machines;
  final Chance chance;
  private final boolean[][] cut;
  private final boolean[] dead;
  private final long[][] mended;
  private Quality quality = Quality.GOOD;
  private long qualitySince;

  /**
   * How bad a region is. Times in nanoseconds, the rest in cases of a million.
   *
   * @param losses frames that are lost, requests of a disk that fail
   * @param damages frames with a flipped bit, noise on a line, blocks written in part
   * @param repeats frames that come once more, seconds later; reads that give what was there before
   */
  public record Quality(long delayLow, long delayHigh, long losses, long damages, long repeats) {
    public static final Quality GOOD = new Quality(Time.MILLIS, 5 * Time.MILLIS, 0, 0, 0);

    /** Whether everything arrives soon, once, as it was sent. */
    boolean isGood() {
      return delayHigh <= 20 * Time.MILLIS && losses == 0 && damages == 0 && repeats == 0;
    }
  }

  /** Takes what arrives at a machine. */
  public interface Receiver {
    /**
     * The bytes belong to the receiver.
     *
     * @param path on which way of the region
     */
    void heartbeat(int region, int path, int atNode, byte[] bytes);
  }

  SimulatedRegion(World world, int machines, Chance chance) {
    this.world = world;
    this.machines = machines;
    this.chance = chance;
    this.cut = new boolean[machines + 1][machines + 1];
    this.dead = new boolean[machines + 1];
    this.mended = new long[machines + 1][machines + 1];
  }

  /** From now on the region is that bad, everywhere. */
  public void quality(Quality changed) {
    if (!quality.isGood()) {
      qualitySince = world.now() + quality.delayHigh + REPEATS_WITHIN;
    }
    quality = changed;
  }

  Quality quality() {
    return quality;
  }

  /** One machine does not hear the other on this region, or does again. */
  public void cut(int from, int to, boolean isCut) {
    if (cut[from][to] && !isCut) {
      mended[from][to] = world.now();
    }
    cut[from][to] = isCut;
  }

  /** A machine has nothing of the region, as if its card had failed, or has it again. */
  public void dead(int machine, boolean isDead) {
    if (dead[machine] && !isDead) {
      for (int other = 1; other <= machines; other++) {
        mended[machine][other] = world.now();
        mended[other][machine] = world.now();
      }
    }
    dead[machine] = isDead;
  }

  /** Everything works again. */
  public void mend() {
    for (int from = 1; from <= machines; from++) {
      dead(from, false);
      for (int to = 1; to <= machines; to++) {
        cut(from, to, false);
      }
    }
    quality(Quality.GOOD);
  }

  boolean isCut(int from, int to) {
    return cut[from][to] || dead[from] || dead[to];
  }

  boolean isDead(int machine) {
    return dead[machine];
  }

  /**
   * Since when one machine must hear the other here, whatever else happens; {@link Time#NEVER} when
   * it need not.
   */
  public long goodSince(int from, int to) {
    return isCut(from, to) || !quality.isGood()
        ? Time.NEVER
        : Math.max(qualitySince, mended[from][to]);
  }

  long delay() {
    return chance.between(quality.delayLow, quality.delayHigh);
  }

  /** Flips a bit, or cuts the end off, or is nothing but noise. */
  byte[] damaged(byte[] bytes) {
    byte[] damaged = bytes.clone();
    switch ((int) chance.below(3)) {
      case 0 -> damaged[(int) chance.below(bytes.length)] ^= (byte) (1 << chance.below(8));
      case 1 -> damaged = Arrays.copyOf(bytes, (int) chance.below(bytes.length));
      default -> {
        for (int at = 0; at < damaged.length; at++) {
          damaged[at] = (byte) chance.next();
        }
      }
    }
    return damaged;
  }

  /** A machine sends a frame on one of its ways, or on all. */
  abstract void send(int from, int path, byte[] frame);
}
