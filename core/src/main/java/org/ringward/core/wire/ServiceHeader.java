package org.ringward.core.wire;

/**
 * The 16 bytes of a service message: id = service &lt;&lt; 16 | function at 0, size of the whole
 * message at 8, the rest is padding, written as 0 and ignored (reference/totem-pg-sync-services.md,
 * section 3).
 */
public final class ServiceHeader {
  public static final int LENGTH = 16;

  /** Service number of the configuration map. */
  public static final int CMAP = 0;

  /** Service number of the configuration service: kill, shutdown, reload. */
  public static final int CFG = 1;

  /** Service number of closed process groups. */
  public static final int CPG = 2;

  /** Service number of quorum, which has no messages. */
  public static final int QUORUM = 3;

  /** Service number of votequorum. */
  public static final int VOTEQUORUM = 5;

  private ServiceHeader() {}

  /** The id when the header is valid and its size is that of the bytes given, else -1. */
  public static int id(byte[] message, int offset, int length, boolean bigEndian) {
    if (length < LENGTH || Bytes.int32(message, offset + 8, bigEndian) != length) {
      return -1;
    }
    return Bytes.int32(message, offset, bigEndian);
  }

  static void write(byte[] message, int offset, int id, int size) {
    Bytes.put32(message, offset, id);
    Bytes.put32(message, offset + 4, 0);
    Bytes.put32(message, offset + 8, size);
    Bytes.put32(message, offset + 12, 0);
  }
}
