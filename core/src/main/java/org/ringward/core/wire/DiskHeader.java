package org.ringward.core.wire;

import java.nio.charset.StandardCharsets;

/**
 * The header of a region on a shared disk, in {@link DiskBlock} 0: cluster (hash of its name, 8),
 * blocks (4), bytes of a block (4), when it was formatted (ms since 1970, 8), the cluster's name as
 * text.
 */
public final class DiskHeader {
  /** Where a region begins on a disk that belongs to it alone. */
  public static final long AT_THE_BEGINNING = 0;

  /**
   * Where it begins behind the slots of sbd: 255 slots of two sectors and a header, 4096 bytes
   * each.
   */
  public static final long BEHIND_SBD = 2 << 20;

  private static final int NAME_AT = 24;
  private static final int NAME_MOST = 64;

  private DiskHeader() {}

  /** A header for a cluster's region. */
  public static byte[] block(String cluster, long generation, long wallMillis) {
    byte[] name = cluster.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(name.length, NAME_MOST);
    byte[] content = new byte[NAME_AT + length];
    Bytes.put64(content, 0, HeartbeatFrame.hash(cluster));
    Bytes.put32(content, 8, DiskBlock.BLOCKS);
    Bytes.put32(content, 12, DiskBlock.BYTES);
    Bytes.put64(content, 16, wallMillis);
    System.arraycopy(name, 0, content, NAME_AT, length);
    byte[] block = new byte[DiskBlock.BYTES];
    DiskBlock.seal(block, DiskBlock.HEADER, generation, 0, content, 0, content.length);
    return block;
  }

  /** Whether a well-formed block of type header is one of this version's geometry. */
  public static boolean fits(byte[] bytes, int at) {
    int content = DiskBlock.content(at);
    return DiskBlock.length(bytes, at) >= NAME_AT
        && Bytes.int32(bytes, content + 8, false) == DiskBlock.BLOCKS
        && Bytes.int32(bytes, content + 12, false) == DiskBlock.BYTES;
  }

  public static long cluster(byte[] bytes, int at) {
    return Bytes.int64(bytes, DiskBlock.content(at), false);
  }

  public static long wallMillis(byte[] bytes, int at) {
    return Bytes.int64(bytes, DiskBlock.content(at) + 16, false);
  }

  /** The cluster's name, of printable characters. */
  public static String clusterName(byte[] bytes, int at) {
    int content = DiskBlock.content(at);
    int length = Math.max(0, DiskBlock.length(bytes, at) - NAME_AT);
    return new String(bytes, content + NAME_AT, length, StandardCharsets.UTF_8)
        .replaceAll("\\p{Cntrl}", "?");
  }
}
