package org.ringward.core.wire;

/**
 * The packet inside an ordinary MCAST: blocks of messages, the last of which may go on in the
 * author's next packet (reference/totem-pg-sync-services.md, section 1). An instance is a view of
 * the last packet it read; numbers are in the byte order of the MCAST frame.
 */
public final class PackedPayload {
  /** Bytes before the list of lengths. */
  public static final int FIXED_LENGTH = 8;

  /** Bytes of each entry in the list of lengths. */
  public static final int LENGTH_ENTRY = 2;

  /** 0: the last block is complete; else the number of this fragment. */
  public int fragmented;

  /** The fragment number of the packet that the first block continues, 0 for none. */
  public int continuation;

  /** Blocks in the packet, at least one. */
  public int blocks;

  private byte[] bytes = {};
  private int lengthsOffset;
  private boolean bigEndian;

  /** Takes over a packet; false, with undefined content, when it is not valid. */
  public boolean read(byte[] packet, int offset, int length, boolean isBigEndian) {
    if (length < FIXED_LENGTH
        || Bytes.uint16(packet, offset, isBigEndian) != 0
        || Bytes.uint16(packet, offset + 2, isBigEndian) != 0) {
      return false;
    }
    bytes = packet;
    bigEndian = isBigEndian;
    fragmented = Bytes.uint8(packet, offset + 4);
    continuation = Bytes.uint8(packet, offset + 5);
    blocks = Bytes.uint16(packet, offset + 6, isBigEndian);
    lengthsOffset = offset + FIXED_LENGTH;
    if (blocks == 0 || FIXED_LENGTH + LENGTH_ENTRY * blocks > length) {
      return false;
    }
    int sum = FIXED_LENGTH + LENGTH_ENTRY * blocks;
    for (int i = 0; i < blocks; i++) {
      sum += blockLength(i);
    }
    return sum == length;
  }

  /** Where the first block begins in the array that was read. */
  public int firstBlockOffset() {
    return lengthsOffset + LENGTH_ENTRY * blocks;
  }

  public int blockLength(int index) {
    return Bytes.uint16(bytes, lengthsOffset + LENGTH_ENTRY * index, bigEndian);
  }

  /** Writes everything before the lengths. */
  public static void writeHeader(
      byte[] packet, int offset, int fragmented, int continuation, int blocks) {
    Bytes.put32(packet, offset, 0);
    Bytes.put8(packet, offset + 4, fragmented);
    Bytes.put8(packet, offset + 5, continuation);
    Bytes.put16(packet, offset + 6, blocks);
  }

  /** Writes the length of one block. */
  public static void writeBlockLength(byte[] packet, int offset, int index, int length) {
    Bytes.put16(packet, offset + FIXED_LENGTH + LENGTH_ENTRY * index, length);
  }
}
