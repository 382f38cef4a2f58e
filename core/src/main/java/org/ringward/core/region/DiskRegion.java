package org.ringward.core.region;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.RegionSettings.Disk;
import org.ringward.core.config.RegionSettings.Region;
import org.ringward.core.port.Sectors;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.DiskHeader;
import org.ringward.core.wire.HeartbeatFrame;

/**
 * A heartbeat region on a shared disk: each node writes its slot, and reads all of them some times
 * in each keepalive. A slot that does not change is silence, so what is found at first says nothing
 * until it changes.
 *
 * <p>A disk that hangs, fails, was formatted anew or belongs to another cluster is trouble of this
 * region; nothing waits for it. Times are monotonic nanoseconds.
 */
final class DiskRegion {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int READS_PER_KEEPALIVE = 4;

  /** Request ids of regions; those of others on the same disks must differ. */
  static final long REQUEST = 1L << 62;

  private final int region;
  private final int selfId;
  private final long cluster;
  private final String clusterName;
  private final long base;
  private final int slots;
  private final boolean[] ours;
  private final int[] checksums;
  private final boolean[] known;
  private final byte[] block = new byte[DiskBlock.BYTES];
  private final byte[] outgoing = new byte[HeartbeatFrame.LENGTH_MAX];
  private final Sectors sectors;
  private final Sink sink;
  private final long readNanos;
  private final long hungNanos;
  private final long deadNanos;
  private int outgoingLength;
  private long generation;
  private boolean formatted;
  private long nextRead;
  private long readSince = Long.MAX_VALUE;

  /** When the slots were read last. */
  private long slotsRead = Long.MAX_VALUE;

  private long writeSince = Long.MAX_VALUE;
  private int writtenChecksum;
  private boolean written;
  private boolean dirty;
  private long torn;
  private long foreign;
  private @Nullable String readTrouble = "it was not read yet";
  private @Nullable String writeTrouble;
  private @Nullable String contentTrouble;

  /** Takes the heartbeats that were found. */
  interface Sink {
    void found(byte[] bytes, int offset, int length, long now);
  }

  DiskRegion(
      int number,
      Region region,
      Disk disk,
      String clusterName,
      int selfId,
      NodeSet nodes,
      Sectors sectors,
      Sink sink) {
    Check.that(nodes.get(nodes.size() - 1) <= DiskBlock.NODES_MOST, "a node id has no slot");
    this.region = number;
    this.selfId = selfId;
    this.clusterName = clusterName;
    this.cluster = HeartbeatFrame.hash(clusterName);
    this.base = disk.sbd() ? DiskHeader.BEHIND_SBD : DiskHeader.AT_THE_BEGINNING;
    this.slots = nodes.get(nodes.size() - 1);
    this.ours = new boolean[slots + 1];
    nodes.stream().forEach(id -> ours[id] = true);
    this.checksums = new int[slots + 1];
    this.known = new boolean[slots + 1];
    this.sectors = sectors;
    this.sink = sink;
    this.readNanos = region.times().keepalive() * NANOS_PER_MILLI / READS_PER_KEEPALIVE;
    this.hungNanos = region.times().keepalive() * NANOS_PER_MILLI * 2;
    this.deadNanos = region.times().deadtime() * NANOS_PER_MILLI;
  }

  void start(long now) {
    nextRead = now;
  }

  /** This node's next heartbeat; it replaces one that the disk was too slow for. */
  void send(byte[] frame, int offset, int length, long now) {
    System.arraycopy(frame, offset, outgoing, 0, length);
    outgoingLength = length;
    dirty = true;
    write(now);
  }

  private void write(long now) {
    if (!dirty || !formatted || writeSince != Long.MAX_VALUE) {
      return;
    }
    DiskBlock.seal(block, DiskBlock.HEARTBEAT, generation, selfId, outgoing, 0, outgoingLength);
    long position = base + (long) selfId * DiskBlock.BYTES;
    if (sectors.write(region, REQUEST, position, block, 0, DiskBlock.BYTES)) {
      dirty = false;
      writeSince = now;
    }
  }

  /** A write has ended; error is null when it is on the disk. */
  void written(@Nullable String error, long now) {
    writeSince = Long.MAX_VALUE;
    writeTrouble = error == null ? null : "writing fails: " + error;
    if (error == null) {
      writtenChecksum = DiskBlock.checksum(block, 0);
      written = true;
    }
    write(now);
  }

  /** A read has ended; error is null when the bytes are what the disk has. */
  void read(byte[] bytes, int length, @Nullable String error, long now) {
    readSince = Long.MAX_VALUE;
    int wanted = (slots + 1) * DiskBlock.BYTES;
    if (error != null || length < wanted) {
      String shorter = "it has only " + length + " of " + wanted + " bytes";
      readTrouble = "reading fails: " + (error == null ? shorter : error);
      return;
    }
    readTrouble = null;
    contentTrouble = header(bytes);
    if (contentTrouble == null) {
      forgetAfterBlindness(now);
      slots(bytes, now);
      write(now);
    }
  }

  /** What has changed since nobody looked for a deadtime may be that old: it is found anew. */
  private void forgetAfterBlindness(long now) {
    if (slotsRead != Long.MAX_VALUE && now - slotsRead > deadNanos) {
      boolean ownKnown = known[selfId];
      Arrays.fill(known, false);
      known[selfId] = ownKnown;
    }
    slotsRead = now;
  }

  /** What is wrong with the header, null when nothing is. */
  private @Nullable String header(byte[] bytes) {
    boolean was = generation != 0;
    formatted = false;
    switch (DiskBlock.form(bytes, 0)) {
      case EMPTY -> {
        return was
            ? "its header has become zeros; is it another disk?"
            : "it is not formatted; ringward region format does it";
      }
      case FOREIGN -> {
        return "it has something else on it than a heartbeat region";
      }
      case WRONG_VERSION -> {
        return "its format is of another version";
      }
      case TORN -> {
        return "its header is damaged";
      }
      case WELL_FORMED -> {
        // The rest decides.
      }
    }
    if (DiskBlock.type(bytes, 0) != DiskBlock.HEADER || !DiskHeader.fits(bytes, 0)) {
      return "its header is of another form";
    }
    if (DiskHeader.cluster(bytes, 0) != cluster) {
      return "it belongs to cluster \"%s\", this node to \"%s\""
          .formatted(DiskHeader.clusterName(bytes, 0), clusterName);
    }
    if (generation != DiskBlock.generation(bytes, 0)) {
      generation = DiskBlock.generation(bytes, 0);
      Arrays.fill(known, false);
      written = false;
    }
    formatted = true;
    return null;
  }

  private void slots(byte[] bytes, long now) {
    for (int id = 1; id <= slots; id++) {
      if (ours[id]) {
        slot(bytes, id, id * DiskBlock.BYTES, now);
      }
    }
  }

  private void slot(byte[] bytes, int id, int at, long now) {
    DiskBlock.Form form = DiskBlock.form(bytes, at);
    if (form == DiskBlock.Form.EMPTY) {
      if (id == selfId && written) {
        contentTrouble = "it forgets what is written: this node's slot is empty";
      }
      return;
    }
    if (form != DiskBlock.Form.WELL_FORMED) {
      count(form == DiskBlock.Form.TORN);
      return;
    }
    if (DiskBlock.generation(bytes, at) != generation
        || DiskBlock.type(bytes, at) != DiskBlock.HEARTBEAT
        || DiskBlock.node(bytes, at) != id) {
      // Of an earlier format, or misdirected.
      count(false);
      return;
    }
    int checksum = DiskBlock.checksum(bytes, at);
    boolean changed = known[id] && checksums[id] != checksum;
    boolean settled = writeSince == Long.MAX_VALUE && written;
    if (id == selfId && settled && checksum != writtenChecksum && !changed) {
      contentTrouble = "it gives back old blocks: this node's slot is not what was written";
    }
    known[id] = true;
    checksums[id] = checksum;
    if (changed) {
      sink.found(bytes, DiskBlock.content(at), DiskBlock.length(bytes, at), now);
    }
  }

  private void count(boolean isTorn) {
    if (isTorn) {
      torn++;
    } else {
      foreign++;
    }
  }

  /** Reads when it is time to. */
  void turn(long now) {
    if (now >= nextRead && readSince == Long.MAX_VALUE) {
      int length = (slots + 1) * DiskBlock.BYTES;
      if (sectors.read(region, REQUEST, base, length)) {
        readSince = now;
      }
      nextRead = Math.max(nextRead + readNanos, now + readNanos / 2);
    }
  }

  /** When {@link #turn} is needed next. */
  long nextDeadline() {
    return readSince == Long.MAX_VALUE ? nextRead : Long.MAX_VALUE;
  }

  /** Why the disk is of no use at present, null when it is. */
  @Nullable String trouble(long now) {
    long since = Math.min(readSince, writeSince);
    if (since != Long.MAX_VALUE && now - since >= hungNanos) {
      return "it has not answered for " + (now - since) / 1_000_000_000L + " s";
    }
    String reading = readTrouble == null ? contentTrouble : readTrouble;
    return reading == null ? writeTrouble : reading;
  }

  /** Blocks that were written in part, or changed since. */
  long torn() {
    return torn;
  }

  /** Blocks that were well-formed and not of the node whose slot it is. */
  long foreign() {
    return foreign;
  }

  /** The generation of the format, for others who have blocks on the disk; 0 while unknown. */
  long generation() {
    return formatted ? generation : 0;
  }
}
