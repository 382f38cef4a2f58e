package org.ringward.sim.medium;

import java.util.Arrays;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The local networks between machines 1 to n, one for each link, with everything that datagrams may
 * suffer: loss, delay, reordering (by unequal delays), duplication, late repetition, corruption,
 * one-way cuts, clogs, and noise that no node has sent. When nobody listens at a machine that has
 * power, the sender may learn it, as from ICMP port unreachable.
 */
public final class Lan {
  private static final int LARGEST_NOISE = 1400;

  private final World world;
  private final Chance chance;
  private final Receiver receiver;
  private final int machines;
  private final int links;
  private final boolean[] cut;
  private final long[] cloggedUntil;
  private final PingHosts pingHosts;
  private Quality quality = Quality.GOOD;

  /** Takes what arrives. */
  public interface Receiver {
    /**
     * A datagram has reached a machine. The bytes belong to the receiver.
     *
     * @param fromNode 0 when no machine has sent it
     */
    void arrived(int link, int atNode, int fromNode, byte[] datagram);

    /** Whether a machine with power has nobody who listens: it refuses datagrams. */
    default boolean refuses(int node) {
      return false;
    }

    /** A machine learns that another one refuses its datagrams; it need not be true. */
    default void refused(int link, int atNode, int byNode) {}
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

  /** What is pinged. */
  public PingHosts pingHosts() {
    return pingHosts;
  }

  /** With one link. */
  public Lan(World world, int machines, Receiver receiver) {
    this(world, machines, 1, receiver);
  }

  public Lan(World world, int machines, int links, Receiver receiver) {
    this.world = world;
    this.pingHosts = new PingHosts(world, machines);
    this.chance = world.fork("lan");
    this.machines = machines;
    this.links = links;
    this.receiver = receiver;
    this.cut = new boolean[links * (machines + 1) * (machines + 1)];
    this.cloggedUntil = new long[cut.length];
  }

  public void quality(Quality newQuality) {
    this.quality = newQuality;
  }

  private int way(int link, int from, int to) {
    return (link * (machines + 1) + from) * (machines + 1) + to;
  }

  /** Cuts or mends one direction, on all links. */
  public void cut(int from, int to, boolean isCut) {
    for (int link = 0; link < links; link++) {
      cut(link, from, to, isCut);
    }
  }

  /** Cuts or mends one direction on one link. */
  public void cut(int link, int from, int to, boolean isCut) {
    cut[way(link, from, to)] = isCut;
  }

  /** Whether two machines reach each other, in both directions, on the first link. */
  public boolean connects(int one, int other) {
    return !cut[way(0, one, other)] && !cut[way(0, other, one)];
  }

  /** Holds back everything on one direction until that time; then it arrives at once. */
  public void clog(int from, int to, long untilTime) {
    for (int link = 0; link < links; link++) {
      cloggedUntil[way(link, from, to)] = untilTime;
    }
  }

  /** Mends all cuts and clogs; the quality stays. */
  public void mend() {
    Arrays.fill(cut, false);
    Arrays.fill(cloggedUntil, 0);
  }

  /** Sends a datagram on the first link; the bytes are copied. */
  public void send(int from, int to, byte[] bytes, int offset, int length) {
    send(0, from, to, bytes, offset, length);
  }

  /** Sends a datagram, to one machine or with 0 to all others; the bytes are copied. */
  public void send(int link, int from, int to, byte[] bytes, int offset, int length) {
    world.trace().fold(bytes, offset, length);
    if (to != 0) {
      sendOne(link, from, to, bytes, offset, length);
      return;
    }
    for (int each = 1; each <= machines; each++) {
      if (each != from) {
        sendOne(link, from, each, bytes, offset, length);
      }
    }
  }

  private void sendOne(int link, int from, int to, byte[] bytes, int offset, int length) {
    if (link >= links
        || to < 1
        || to > machines
        || cut[way(link, from, to)]
        || chance.inMillion(quality.losses)) {
      return;
    }
    byte[] datagram = Arrays.copyOfRange(bytes, offset, offset + length);
    if (chance.inMillion(quality.corruptions)) {
      damage(datagram);
    }
    arrive(link, from, to, datagram, delay());
    if (chance.inMillion(quality.duplicates)) {
      arrive(link, from, to, datagram.clone(), delay());
    }
    if (chance.inMillion(quality.replays)) {
      arrive(link, from, to, datagram.clone(), chance.between(Time.SECONDS / 2, 10 * Time.SECONDS));
    }
  }

  /** A datagram of random bytes arrives from nowhere. */
  public void noise(int to) {
    byte[] bytes = new byte[(int) chance.below(LARGEST_NOISE)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) chance.next();
    }
    world.after(delay(), to, () -> receiver.arrived(0, to, 0, bytes));
  }

  private void arrive(int link, int from, int to, byte[] datagram, long delay) {
    int way = way(link, from, to);
    world.at(
        Math.max(world.now() + delay, cloggedUntil[way]),
        to,
        () -> {
          if (cut[way]) {
            return;
          }
          if (receiver.refuses(to)) {
            refuse(link, from, to);
          } else {
            receiver.arrived(link, to, from, datagram);
          }
        });
  }

  /** The way back can lose it as well. */
  private void refuse(int link, int sender, int refusing) {
    int way = way(link, refusing, sender);
    if (!cut[way] && !chance.inMillion(quality.losses)) {
      world.after(
          delay(),
          sender,
          () -> {
            if (!cut[way]) {
              receiver.refused(link, sender, refusing);
            }
          });
    }
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
