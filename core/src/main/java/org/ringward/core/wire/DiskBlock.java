package org.ringward.core.wire;

import java.util.Arrays;

/**
 * A block of a shared disk: 4096 bytes, of which the first 512 are used, so that a write of one
 * sector is whole or did not happen. Little-endian:
 *
 * <pre>
 *    0  magic "RWDB"
 *    4  version
 *    5  type
 *    6  length of the content
 *    8  generation of the disk's format
 *   16  node that wrote it, 0 for the header
 *   24  content
 *  508  CRC-32 of the 508 bytes before
 * </pre>
 *
 * <p>Block 0 of a region is its header; block N is the heartbeat slot of node N; block 256 + N is
 * for what else node N has to say (a quorum disk), block 256 for what is nobody's alone.
 */
public final class DiskBlock {
  /** Bytes from block to block. */
  public static final int BYTES = 4096;

  /** The highest node id that has a slot. */
  public static final int NODES_MOST = 255;

  /** Where the blocks for further purposes begin. */
  public static final int FURTHER = 256;

  /** Blocks of a region. */
  public static final int BLOCKS = 512;

  /** Bytes of the longest content. */
  public static final int CONTENT_MAX = 484;

  public static final int VERSION = 1;

  /** Types of blocks. */
  public static final int HEADER = 1;

  public static final int HEARTBEAT = 2;
  public static final int QUORUM = 3;

  private static final int MAGIC = 'R' | ('W' << 8) | ('D' << 16) | ('B' << 24);
  private static final int USED = 512;
  private static final int CONTENT_AT = 24;
  private static final int CRC_AT = USED - 4;

  private DiskBlock() {}

  /** What was found in a block. */
  public enum Form {
    WELL_FORMED,
    /** Nothing but zeros: never written, or a disk that lost its content. */
    EMPTY,
    /** Something else than a block of ours. */
    FOREIGN,
    WRONG_VERSION,
    /** Written in part, or changed since. */
    TORN
  }

  /** Puts a block around a content, into an array that is zero behind the first 512 bytes. */
  public static void seal(
      byte[] block, int type, long generation, int node, byte[] content, int offset, int length) {
    Bytes.put32(block, 0, MAGIC);
    Bytes.put8(block, 4, VERSION);
    Bytes.put8(block, 5, type);
    Bytes.put16(block, 6, length);
    Bytes.put64(block, 8, generation);
    Bytes.put32(block, 16, node);
    Bytes.put32(block, 20, 0);
    System.arraycopy(content, offset, block, CONTENT_AT, length);
    Arrays.fill(block, CONTENT_AT + length, CRC_AT, (byte) 0);
    Bytes.put32(block, CRC_AT, Crc32.of(block, 0, CRC_AT));
  }

  /** Looks at the block that begins at a place of an array. */
  public static Form form(byte[] bytes, int at) {
    if (Bytes.int32(bytes, at, false) != MAGIC) {
      return isZero(bytes, at) ? Form.EMPTY : Form.FOREIGN;
    }
    if (Bytes.int32(bytes, at + CRC_AT, false) != Crc32.of(bytes, at, CRC_AT)) {
      return Form.TORN;
    }
    if (Bytes.uint8(bytes, at + 4) != VERSION) {
      return Form.WRONG_VERSION;
    }
    return length(bytes, at) <= CONTENT_MAX ? Form.WELL_FORMED : Form.TORN;
  }

  private static boolean isZero(byte[] bytes, int at) {
    for (int each = at; each < at + USED; each++) {
      if (bytes[each] != 0) {
        return false;
      }
    }
    return true;
  }

  public static int type(byte[] bytes, int at) {
    return Bytes.uint8(bytes, at + 5);
  }

  public static int length(byte[] bytes, int at) {
    return Bytes.uint16(bytes, at + 6, false);
  }

  public static long generation(byte[] bytes, int at) {
    return Bytes.int64(bytes, at + 8, false);
  }

  public static int node(byte[] bytes, int at) {
    return Bytes.int32(bytes, at + 16, false);
  }

  /** What differs when a block was written anew: its checksum. */
  public static int checksum(byte[] bytes, int at) {
    return Bytes.int32(bytes, at + CRC_AT, false);
  }

  /** Index of the first byte of the content. */
  public static int content(int at) {
    return at + CONTENT_AT;
  }
}
