package org.ringward.sim.medium;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.port.Sectors;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;
import org.ringward.sim.world.Chance;
import org.ringward.sim.world.Time;
import org.ringward.sim.world.World;

/**
 * A disk that all machines share. Lost requests fail, damaged ones leave or give blocks of which
 * only a part is new, repeats give back old content, a machine that does not hear another is given
 * that one's old block, and to a machine without the disk no request ends.
 */
public final class SharedDisk extends SimulatedRegion {
  private static final int REQUESTS_MOST = 6;
  private static final int SECTOR = 512;
  private static final long LOOK_AGAIN = 100 * Time.MILLIS;
  private static final int WRITES_OF_AN_AGE = 16;

  private final byte[] content;
  private final byte[] header;
  private final byte[] @Nullable [] kept;
  private byte[] former;
  private int writes;

  /** How the requests of one life of a daemon end. */
  public interface Ends {
    void read(long request, byte[] bytes, @Nullable String error);

    void written(long request, @Nullable String error);
  }

  SharedDisk(World world, int machines, Chance chance, String cluster) {
    super(world, machines, chance);
    this.content = new byte[(machines + 1) * DiskBlock.BYTES];
    this.header = DiskHeader.block(cluster, 4711, 1);
    this.kept = new byte[(machines + 1) * (machines + 1)][];
    System.arraycopy(header, 0, content, 0, header.length);
    this.former = content.clone();
  }

  /** The disk loses all that was on it, until somebody formats it as it was. */
  public void zeros() {
    Arrays.fill(content, (byte) 0);
    for (int from = 1; from <= machines; from++) {
      for (int to = 1; to <= machines; to++) {
        cut(from, to, true);
      }
    }
  }

  @Override
  public void mend() {
    System.arraycopy(header, 0, content, 0, header.length);
    super.mend();
  }

  @Override
  public void cut(int from, int to, boolean isCut) {
    kept[from * (machines + 1) + to] =
        isCut
            ? Arrays.copyOfRange(content, from * DiskBlock.BYTES, (from + 1) * DiskBlock.BYTES)
            : null;
    super.cut(from, to, isCut);
  }

  @Override
  void send(int from, int path, byte[] frame) {
    throw new IllegalStateException("heartbeats reach a disk as blocks");
  }

  /** What one life of a machine's daemon has of it. */
  Port port(int machine, BooleanSupplier alive, Ends ends) {
    return new Port(machine, alive, ends);
  }

  /** The requests of one life; they end in their order. */
  final class Port {
    private final int machine;
    private final BooleanSupplier alive;
    private final Ends ends;
    private int waiting;
    private long lastEnd;

    private Port(int machine, BooleanSupplier alive, Ends ends) {
      this.machine = machine;
      this.alive = alive;
      this.ends = ends;
    }

    boolean read(long request, long position, int length) {
      return later(() -> {
        if (alive.getAsBoolean()) {
          boolean fails = chance.inMillion(quality().losses());
          byte[] bytes = fails ? new byte[0] : seen(machine, (int) position, length);
          ends.read(request, bytes, fails ? "Input/output error" : null);
        }
      });
    }

    boolean write(long request, long position, byte[] bytes, int offset, int length) {
      byte[] block = Arrays.copyOfRange(bytes, offset, offset + length);
      return later(() -> {
        boolean fails = chance.inMillion(quality().losses());
        // Who loses power while it writes leaves a part.
        boolean whole = alive.getAsBoolean() && !chance.inMillion(quality().damages());
        if (!fails) {
          put((int) position, block, whole ? length : (int) chance.below(SECTOR));
        }
        if (alive.getAsBoolean()) {
          ends.written(request, fails ? "Input/output error" : null);
        }
      });
    }

    private boolean later(Runnable end) {
      if (waiting >= REQUESTS_MOST) {
        return false;
      }
      waiting++;
      lastEnd = Math.max(lastEnd, world.now() + delay());
      world.at(lastEnd, machine, () -> end(end));
      return true;
    }

    private void end(Runnable end) {
      if (isDead(machine)) {
        lastEnd = Math.max(lastEnd, world.now() + LOOK_AGAIN);
        world.at(world.now() + LOOK_AGAIN, machine, () -> end(end));
        return;
      }
      waiting--;
      end.run();
    }
  }

  private void put(int position, byte[] block, int length) {
    if (++writes % WRITES_OF_AN_AGE == 0) {
      former = content.clone();
    }
    int room = Math.max(0, Math.min(length, content.length - position));
    System.arraycopy(block, 0, content, Math.min(position, content.length - room), room);
  }

  /** What a machine is given of the disk. */
  private byte[] seen(int machine, int position, int length) {
    boolean old = chance.inMillion(quality().repeats());
    byte[] all = old ? former.clone() : content.clone();
    for (int from = 1; from <= machines; from++) {
      byte[] block = kept[from * (machines + 1) + machine];
      if (block != null) {
        System.arraycopy(block, 0, all, from * DiskBlock.BYTES, block.length);
      }
    }
    for (int block = 0; block < all.length; block += DiskBlock.BYTES) {
      if (chance.inMillion(quality().damages())) {
        all[block + (int) chance.below(SECTOR)] ^= (byte) (1 << chance.below(8));
      }
    }
    return Arrays.copyOfRange(all, position, Math.min(all.length, position + length));
  }

  /** As one disk of many of a node. */
  static Sectors sectors(@Nullable Port[] ports) {
    return new Sectors() {
      @Override
      public boolean read(int disk, long request, long position, int length) {
        Port port = ports[disk];
        return port != null && port.read(request, position, length);
      }

      @Override
      public boolean write(
          int disk, long request, long position, byte[] bytes, int offset, int length) {
        Port port = ports[disk];
        return port != null && port.write(request, position, bytes, offset, length);
      }
    };
  }
}
