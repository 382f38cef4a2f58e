package org.ringward.sim.medium;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Sectors;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * The quorum disk of a cluster. It works until something is done to it: it hangs or fails for one
 * machine, is slow, tears what is read, shows one machine at a time the others' blocks as they once
 * were, or loses everything. A write that is under way when its daemon dies is on the disk or never
 * will be.
 */
public final class QuorumPlatter {
  private static final long USUAL_DELAY = 3 * Time.MILLIS;

  private final World world;
  private Chance chance;
  private final String cluster;
  private final SortedMap<Long, byte[]> blocks = new TreeMap<>();
  private final List<Path> paths = new ArrayList<>();
  private long formats;

  /** How requests end. */
  public interface Ends {
    void read(long request, byte[] bytes, @Nullable String error);

    void written(long request, @Nullable String error);
  }

  /** What one machine has of the disk. */
  private static final class Path {
    boolean fails;
    boolean hangs;
    boolean tears;
    long delay = USUAL_DELAY;
    final List<Runnable> stuck = new ArrayList<>();
    @Nullable SortedMap<Long, byte[]> shown;

    /** When a block was read last that is not what is on the disk. */
    long liedAt = Long.MIN_VALUE / 2;
  }

  /** A formatted disk. */
  public QuorumPlatter(World world, String cluster, int machines) {
    this.world = world;
    this.chance = new Chance(machines);
    this.cluster = cluster;
    for (int machine = 0; machine <= machines; machine++) {
      paths.add(new Path());
    }
    format();
  }

  /** What it draws from, apart from the rest of the world; before the world begins. */
  public void drawsFrom(Chance own) {
    chance = own;
  }

  /** Somebody formats it anew. */
  public void format() {
    blocks.clear();
    blocks.put(0L, DiskHeader.block(cluster, ++formats, 0));
  }

  /** It loses everything. */
  public void zeros() {
    blocks.clear();
  }

  /** Requests of a machine do not end, or those that were asked meanwhile end now. */
  public void hangs(int machine, boolean does) {
    Path path = paths.get(machine);
    path.hangs = does;
    if (!does) {
      List<Runnable> go = List.copyOf(path.stuck);
      path.stuck.clear();
      go.forEach(Runnable::run);
    }
  }

  public void fails(int machine, boolean does) {
    paths.get(machine).fails = does;
  }

  public void tears(int machine, boolean does) {
    paths.get(machine).tears = does;
  }

  /** How long each half of a request of a machine takes at most, in nanoseconds. */
  public void delay(int machine, long most) {
    paths.get(machine).delay = most;
  }

  /** From now on a machine sees the others' blocks as they are now, or as they are again. */
  public void showsOld(int machine, boolean does) {
    paths.get(machine).shown = does ? new TreeMap<>(blocks) : null;
  }

  /** Whether a machine has read a block in that time that another has written anew since. */
  public boolean showedOld(int machine, long nanos) {
    return world.now() - paths.get(machine).liedAt <= nanos;
  }

  /** Everything works again. */
  public void mend() {
    for (int machine = 1; machine < paths.size(); machine++) {
      fails(machine, false);
      tears(machine, false);
      showsOld(machine, false);
      delay(machine, USUAL_DELAY);
      hangs(machine, false);
    }
    if (!blocks.containsKey(0L)) {
      format();
    }
  }

  /** The disk for one life of a machine's daemon. */
  public Sectors port(int machine, BooleanSupplier alive, Ends ends) {
    return new Sectors() {
      @Override
      public boolean read(int disk, long request, long position, int length) {
        later(
            machine,
            () -> {
              String error = error(machine);
              byte[] bytes = seen(machine, position, length);
              ended(machine, () -> ends.read(request, bytes, error));
            });
        return true;
      }

      @Override
      public boolean write(
          int disk, long request, long position, byte[] bytes, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
        later(
            machine,
            () -> {
              if (!alive.getAsBoolean()) {
                return;
              }
              String error = error(machine);
              if (error == null || chance.oneIn(2)) {
                blocks.put(position, copy);
              }
              ended(machine, () -> ends.written(request, error));
            });
        return true;
      }
    };
  }

  private @Nullable String error(int machine) {
    return paths.get(machine).fails ? "Input/output error" : null;
  }

  private void later(int machine, Runnable what) {
    Path path = paths.get(machine);
    world.after(
        chance.between(0, path.delay),
        machine,
        () -> {
          if (path.hangs) {
            path.stuck.add(what);
          } else {
            what.run();
          }
        });
  }

  private void ended(int machine, Runnable what) {
    world.after(chance.between(0, paths.get(machine).delay), machine, what);
  }

  private byte[] seen(int machine, long position, int length) {
    Path path = paths.get(machine);
    SortedMap<Long, byte[]> shown = path.shown;
    long own = (long) (DiskBlock.FURTHER + machine) * DiskBlock.BYTES;
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; at += DiskBlock.BYTES) {
      boolean old = shown != null && position + at != own;
      byte[] block = (old && shown != null ? shown : blocks).get(position + at);
      if (old && !Arrays.equals(block, blocks.get(position + at))) {
        path.liedAt = world.now();
      }
      if (block != null) {
        System.arraycopy(block, 0, bytes, at, DiskBlock.BYTES);
      }
    }
    if (path.tears) {
      int block = (int) chance.below(length / DiskBlock.BYTES) * DiskBlock.BYTES;
      bytes[block + (int) chance.below(512)] ^= (byte) (1 << chance.below(8));
    }
    return bytes;
  }
}
