package org.ringward.core.wire;

/** CRC-32 as Ethernet and zip have it (ISO 3309), over parts of arrays. */
public final class Crc32 {
  private static final int[] TABLE = table();

  private Crc32() {}

  private static int[] table() {
    int[] table = new int[256];
    for (int value = 0; value < 256; value++) {
      int rest = value;
      for (int bit = 0; bit < 8; bit++) {
        rest = (rest & 1) == 1 ? (rest >>> 1) ^ 0xEDB88320 : rest >>> 1;
      }
      table[value] = rest;
    }
    return table;
  }

  /** The checksum of some bytes. */
  public static int of(byte[] bytes, int offset, int length) {
    int rest = -1;
    for (int at = offset; at < offset + length; at++) {
      rest = TABLE[(rest ^ bytes[at]) & 0xff] ^ (rest >>> 8);
    }
    return ~rest;
  }
}
