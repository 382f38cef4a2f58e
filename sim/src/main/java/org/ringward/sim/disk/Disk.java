package org.ringward.sim.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.port.RingIds;
import org.ringward.core.port.Store;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The durable files of one machine. A write takes time; when the daemon or the power dies before it
 * is done the file is either the old or the new one, as a rename leaves it. The disk may be slow,
 * full, lost, or damaged.
 */
public final class Disk {
  private final World world;
  private final int node;
  private final Chance chance;
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final List<Write> pending = new ArrayList<>();
  private long ringSequence;
  private long freeAt;
  private boolean full;
  private boolean forgets;
  private long delayLow = 100 * Time.MICROS;
  private long delayHigh = 3 * Time.MILLIS;

  /** Hears that a write has ended. */
  public interface Ends {
    void stored(long requestId, @Nullable String error);
  }

  private record Write(String name, byte[] content, int hash) {}

  /** The disk does not take a ring sequence; the daemon must not live on with it. */
  public static final class DiskFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    DiskFailure(String message) {
      super(message);
    }
  }

  public Disk(World world, int node) {
    this.world = world;
    this.node = node;
    this.chance = world.fork("disk" + node);
  }

  /** The store of one life of a daemon. */
  public Store store(Ends ends) {
    return (requestId, name, content) -> write(requestId, name, content, ends);
  }

  /**
   * The ring sequence of this disk.
   *
   * @param wallMillis the machine's clock, which takes the place of what is lost
   */
  public RingIds ringIds(LongSupplier wallMillis) {
    return new RingIds() {
      @Override
      public long load() {
        return Math.max(ringSequence, wallMillis.getAsLong());
      }

      @Override
      public void store(long newSequence) {
        if (full) {
          throw new DiskFailure("no space left on the disk of node " + node);
        }
        ringSequence = newSequence;
      }
    };
  }

  /** A copy of all files, as a starting daemon reads them. */
  public SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> copy = new TreeMap<>();
    files.forEach((name, content) -> copy.put(name, content.clone()));
    return copy;
  }

  /** Bait for the checkers: it says that a file is written, and loses it when its writer dies. */
  public void forgets(boolean doesForget) {
    this.forgets = doesForget;
  }

  public void full(boolean isFull) {
    this.full = isFull;
  }

  /** How long a write takes, in nanoseconds. */
  public void delay(long low, long high) {
    this.delayLow = low;
    this.delayHigh = high;
  }

  /** The writer died: each write that was under way leaves the old file or the new one. */
  public void writerDied() {
    for (Write write : pending) {
      if (chance.oneIn(2)) {
        break; // the disk works in order: what comes after one that failed has failed too
      }
      files.put(write.name, write.content);
    }
    pending.clear();
    freeAt = world.now();
    if (forgets) {
      files.clear();
    }
  }

  /** Everything on the disk is gone. */
  public void lose() {
    pending.clear();
    files.clear();
    ringSequence = 0;
  }

  /** Puts other bytes into a file. */
  public void put(String name, byte[] content) {
    files.put(name, content.clone());
  }

  /** Damages one file: a flipped bit, a cut end, or nothing left of it. */
  public void damage() {
    if (files.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>(files.keySet());
    String name = chance.oneOf(names);
    byte[] content = Objects.requireNonNull(files.get(name)).clone();
    switch ((int) chance.below(3)) {
      case 0 -> content = new byte[0];
      case 1 -> content = Arrays.copyOf(content, (int) chance.below(content.length + 1L));
      default -> {
        if (content.length > 0) {
          content[(int) chance.below(content.length)] ^= (byte) (1 << chance.below(8));
        }
      }
    }
    files.put(name, content);
    if (world.trace().told()) {
      world.tell(node, "file " + name + " is damaged");
    }
  }

  private void write(long requestId, String name, byte[] content, Ends ends) {
    world.trace().fold(content, 0, content.length);
    if (full) {
      world.after(
          chance.between(delayLow, delayHigh),
          node,
          () -> ends.stored(requestId, "no space left on device"));
      return;
    }
    Write write = new Write(name, content, Arrays.hashCode(content));
    pending.add(write);
    freeAt = Math.max(freeAt, world.now()) + chance.between(delayLow, delayHigh);
    world.at(freeAt, node, () -> finish(requestId, write, ends));
  }

  private void finish(long requestId, Write write, Ends ends) {
    if (!pending.remove(write)) {
      return; // the writer died before
    }
    Check.that(
        Arrays.hashCode(write.content) == write.hash,
        "node " + node + " changed the bytes of " + write.name + " while they were being written");
    files.put(write.name, write.content);
    ends.stored(requestId, null);
  }
}
