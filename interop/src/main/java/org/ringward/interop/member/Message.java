package org.ringward.interop.member;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * The content of messages under test: who sent it, in which life, as which number, then filler that
 * follows from these. One shorter than the header is its beginning only and cannot be told apart.
 */
final class Message {
  /** Bytes of a message that can be told apart. */
  static final int HEADER = 24;

  private static final int MAGIC = 0x52574950;

  private Message() {}

  /** A message of that length. */
  static byte[] make(int node, long life, long number, int length) {
    byte[] bytes = new byte[Math.max(length, HEADER)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putInt((int) number).putInt(MAGIC).putInt(node).putLong(life).putInt(length);
    SplittableRandom filler = new SplittableRandom(life * 31 + number);
    while (buffer.remaining() >= Long.BYTES) {
      buffer.putLong(filler.nextLong());
    }
    return length < HEADER ? java.util.Arrays.copyOf(bytes, length) : bytes;
  }

  /** Whether it can be told apart from others. */
  static boolean hasHeader(ByteBuffer message) {
    return message.remaining() >= HEADER && message.getInt(message.position() + 4) == MAGIC;
  }

  /** The number of a message that has a header. */
  static int number(ByteBuffer message) {
    return message.getInt(message.position());
  }

  /** The life of the sender of a message that has a header. */
  static long life(ByteBuffer message) {
    return message.getLong(message.position() + 12);
  }

  /** A check sum over all bytes. */
  static long sum(ByteBuffer message) {
    CRC32C sum = new CRC32C();
    sum.update(message.duplicate());
    return sum.getValue();
  }
}
