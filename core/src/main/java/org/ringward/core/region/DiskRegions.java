package org.ringward.core.region;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.port.Sectors;

/** All media of a node's regions: disks by their slots, the others as the outside offers them. */
public final class DiskRegions implements Heartbeats {
  private final @Nullable DiskRegion[] disks;
  private final Heartbeats others;
  private @Nullable Regions regions;
  private long now;

  /** The media of a node. */
  public DiskRegions(NodeSettings settings, Heartbeats others, Sectors sectors) {
    this.others = others;
    List<Region> all = settings.regions().regions();
    disks = new @Nullable DiskRegion[all.size()];
    for (int number = 0; number < all.size(); number++) {
      Region region = all.get(number);
      disks[number] =
          region.medium() instanceof Disk disk
              ? disk(number, region, disk, settings, sectors)
              : null;
    }
  }

  private DiskRegion disk(
      int number, Region region, Disk disk, NodeSettings settings, Sectors sectors) {
    return new DiskRegion(
        number,
        region,
        disk,
        settings.clusterName(),
        settings.self().id(),
        settings.nodeIds(),
        sectors,
        (bytes, offset, length, at) -> found(number, bytes, offset, length, at));
  }

  /** Who takes what is found; once, before {@link #start}. */
  public void deliverTo(Regions taker) {
    regions = taker;
  }

  private void found(int region, byte[] bytes, int offset, int length, long at) {
    Regions taker = regions;
    if (taker != null) {
      taker.received(region, 0, bytes, offset, length, at);
    }
  }

  /** Begins to read. */
  public void start(long nowNanos) {
    now = nowNanos;
    for (DiskRegion disk : disks) {
      if (disk != null) {
        disk.start(nowNanos);
      }
    }
  }

  /** Reads what is due. */
  public void turn(long nowNanos) {
    now = nowNanos;
    for (int region = 0; region < disks.length; region++) {
      DiskRegion disk = disks[region];
      if (disk != null) {
        disk.turn(nowNanos);
      }
    }
  }

  /** When {@link #turn} is needed next, Long.MAX_VALUE for never. */
  public long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (int region = 0; region < disks.length; region++) {
      DiskRegion disk = disks[region];
      if (disk != null) {
        next = Math.min(next, disk.nextDeadline());
      }
    }
    return next;
  }

  /** A read that a region asked for has ended. */
  public void read(int region, byte[] bytes, int length, @Nullable String error, long nowNanos) {
    DiskRegion disk = disks[region];
    if (disk != null) {
      disk.read(bytes, length, error, nowNanos);
    }
  }

  /** A write that a region asked for has ended. */
  public void written(int region, @Nullable String error, long nowNanos) {
    DiskRegion disk = disks[region];
    if (disk != null) {
      disk.written(error, nowNanos);
    }
  }

  /** Whether a request's id is that of a region. */
  public static boolean isOurs(long request) {
    return request == DiskRegion.REQUEST;
  }

  /** The generation of a disk's format, for others who have blocks on it; 0 while unknown. */
  public long generation(int region) {
    DiskRegion disk = disks[region];
    return disk == null ? 0 : disk.generation();
  }

  @Override
  public void send(int region, int path, byte[] frame, int offset, int length) {
    DiskRegion disk = disks[region];
    if (disk == null) {
      others.send(region, path, frame, offset, length);
    } else {
      disk.send(frame, offset, length, now);
    }
  }

  @Override
  public @Nullable String trouble(int region) {
    DiskRegion disk = disks[region];
    return disk == null ? others.trouble(region) : disk.trouble(now);
  }

  /** What else was found on a disk, in a few words; empty when there was nothing strange. */
  public String remark(int region) {
    DiskRegion disk = disks[region];
    if (disk == null || disk.torn() + disk.foreign() == 0) {
      return "";
    }
    return "blocks written in part: %d, not of the slot's node or of another format: %d"
        .formatted(disk.torn(), disk.foreign());
  }
}
