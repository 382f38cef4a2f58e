package org.ringward.daemon.region;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.RegionSettings;
import org.ringward.core.config.RegionSettings.Medium;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.config.RegionSettings.Times;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.region.DiskRegions;
import org.ringward.core.region.Mailbox;
import org.ringward.core.region.RegionListener;
import org.ringward.core.region.Regions;

/** The heartbeat side of a node of two, with real media; turned by whoever tests it. */
public final class Household
    implements RegionMedia.Sink, RegionListener, Mailbox.Listener, AutoCloseable {
  public static final int KEEPALIVE = 20;
  private static final byte[] KEY = new byte[128];

  public final Regions regions;
  private final RegionMedia media;
  private final DiskRegions disks;
  private long heard;

  /**
   * @param among what is between the daemon's media and the regions
   */
  public Household(NodeSettings settings, Between among) {
    this.media = RegionMedia.open(settings);
    this.disks = new DiskRegions(settings, among.around(media), media);
    this.regions = new Regions(settings, KEY, 1, disks, this, this);
    disks.deliverTo(regions);
    media.deliverTo(this);
  }

  /** Puts something around the media. */
  public interface Between {
    Heartbeats around(Heartbeats media);
  }

  /** A node of two with one region. */
  public static NodeSettings settings(int id, Medium medium) {
    List<Member> members = new ArrayList<>();
    for (int each = 1; each <= 2; each++) {
      members.add(new Member(each, "n" + each, "127.0.0." + each, 1));
    }
    Times times = new Times(KEEPALIVE, 60_000, 30_000, 60_000);
    Region region = new Region(medium.kind(), times, medium);
    return NodeSettings.builder("village", "n" + id, members)
        .regions(new RegionSettings(List.of(region), List.of()))
        .build();
  }

  public void start() {
    long now = System.nanoTime();
    disks.start(now);
    regions.start(now);
  }

  public void turn() {
    long now = System.nanoTime();
    media.turn(now);
    disks.turn(now);
    regions.turn(now);
  }

  /** Heartbeats and blocks that have arrived, of any content. */
  public long heard() {
    return heard;
  }

  /** What is wrong with its only region, null when nothing is. */
  public @Nullable String trouble() {
    return disks.trouble(0);
  }

  @Override
  public void heartbeat(int region, int path, byte[] bytes, int offset, int length, long nowNanos) {
    heard++;
    regions.received(region, path, bytes, offset, length, nowNanos);
  }

  @Override
  public void sectorsRead(
      int disk, long request, byte[] bytes, int length, @Nullable String error, long nowNanos) {
    heard++;
    disks.read(disk, bytes, length, error, nowNanos);
  }

  @Override
  public void sectorsWritten(int disk, long request, @Nullable String error, long nowNanos) {
    disks.written(disk, error, nowNanos);
  }

  @Override
  public void echoed(int host, int number, long nowNanos) {}

  @Override
  public void found(int node, int region) {}

  @Override
  public void late(int node, int region, long silentMillis) {}

  @Override
  public void lost(int node, int region, long silentMillis) {}

  @Override
  public void left(int node, int region) {}

  @Override
  public void restarted(int node) {}

  @Override
  public void stalled(int node, long millis) {}

  @Override
  public void selfStalled(long millis) {}

  @Override
  public void message(int fromNode, byte[] bytes, int offset, int length) {}

  @Override
  public void taken(int node, int number) {}

  @Override
  public void expired(int node, int number) {}

  @Override
  public void close() {
    media.close();
  }
}
