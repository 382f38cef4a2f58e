package org.ringward.core.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in frames. Everything is written little-endian, as x86 and arm64 hosts do; a frame of a
 * big-endian author is read with {@code bigEndian} set (reference/totem-srp.md, section 1).
 */
public final class Bytes {
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  /** An unsigned 8-bit number. */
  public static int uint8(byte[] bytes, int offset) {
    return bytes[offset] & 0xFF;
  }

  /** An unsigned 16-bit number. */
  public static int uint16(byte[] bytes, int offset, boolean bigEndian) {
    short value = (short) SHORTS.get(bytes, offset);
    return (bigEndian ? Short.reverseBytes(value) : value) & 0xFFFF;
  }

  public static int int32(byte[] bytes, int offset, boolean bigEndian) {
    int value = (int) INTS.get(bytes, offset);
    return bigEndian ? Integer.reverseBytes(value) : value;
  }

  public static long int64(byte[] bytes, int offset, boolean bigEndian) {
    long value = (long) LONGS.get(bytes, offset);
    return bigEndian ? Long.reverseBytes(value) : value;
  }

  public static void put8(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) value;
  }

  public static void put16(byte[] bytes, int offset, int value) {
    SHORTS.set(bytes, offset, (short) value);
  }

  /** A 16-bit number in network byte order, as the headers of kronosnet have them. */
  public static void put16BigEndian(byte[] bytes, int offset, int value) {
    SHORTS.set(bytes, offset, Short.reverseBytes((short) value));
  }

  public static void put32(byte[] bytes, int offset, int value) {
    INTS.set(bytes, offset, value);
  }

  public static void put64(byte[] bytes, int offset, long value) {
    LONGS.set(bytes, offset, value);
  }
}
