package org.ringward.core.wire;

/**
 * The 13 bytes every Totem frame begins with: magic u16, version u8, type u8, encapsulated u8, node
 * id u32, target node id u32 (reference/totem-srp.md, section 1). The target is written as 0, and
 * over kronosnet set by the transport; over UDP it is garbage.
 */
public final class FrameHeader {
  public static final int LENGTH = 13;
  public static final int MAGIC = 0xC070;

  /** The magic number as a host of the other byte order writes it. */
  static final int MAGIC_SWAPPED = 0x70C0;

  static final int VERSION = 3;

  /** Corosync's limit of processors in a ring. */
  public static final int PROCESSORS_MAX = 384;

  /** The largest frame that is accepted. */
  public static final int FRAME_MAX = 65536;

  /**
   * The highest ring sequence that is believed: the counter of ring formations must not come to its
   * end.
   */
  static final long RING_SEQUENCE_MAX = 1L << 62;

  private FrameHeader() {}

  /** Whether the author of a frame with a valid header writes numbers big-endian. */
  public static boolean bigEndian(byte[] frame, int offset) {
    return Bytes.uint16(frame, offset, false) == MAGIC_SWAPPED;
  }

  /** The node that sent the frame; 0 in a JOIN that announces leaving. */
  public static int nodeId(byte[] frame, int offset, boolean bigEndian) {
    return Bytes.int32(frame, offset + 5, bigEndian);
  }

  /** The only node the frame is for, 0 for all; garbage over udpu. */
  public static int target(byte[] frame, int offset, boolean bigEndian) {
    return Bytes.int32(frame, offset + 9, bigEndian);
  }

  static boolean is(FrameKind kind, byte[] frame, int offset, int length) {
    return FrameKind.of(frame, offset, length) == kind;
  }

  static boolean validRingSequence(long sequence) {
    return sequence >= 0 && sequence <= RING_SEQUENCE_MAX;
  }

  static void write(byte[] frame, int offset, FrameKind kind, int encapsulated, int nodeId) {
    Bytes.put16(frame, offset, MAGIC);
    Bytes.put8(frame, offset + 2, VERSION);
    Bytes.put8(frame, offset + 3, kind.type());
    Bytes.put8(frame, offset + 4, encapsulated);
    Bytes.put32(frame, offset + 5, nodeId);
    Bytes.put32(frame, offset + 9, 0);
  }

  static void writeRingId(byte[] frame, int offset, int representative, long sequence) {
    Bytes.put32(frame, offset, representative);
    Bytes.put64(frame, offset + 4, sequence);
  }
}
