package org.ringward.sim.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.ringward.sim.evs.Entry;
import org.ringward.sim.evs.MessageId;
import org.ringward.sim.world.Chance;

/** Messages whose every byte follows from who sent them, so that a receiver can check them all. */
final class MessageBody {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int ID_LENGTH = 8;
  private static final int LONGEST = 2 * 1024 * 1024;
  private static final int BEGINNINGS = 1024;

  /** Bytes to fill messages with, each from a place of its own. */
  private static final byte[] FILLING = filling();

  private MessageBody() {}

  private static byte[] filling() {
    Chance chance = new Chance(7);
    byte[] bytes = new byte[LONGEST + BEGINNINGS];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) chance.next();
    }
    return bytes;
  }

  private static int beginning(long message) {
    return (int) (Chance.mix(message) & (BEGINNINGS - 1));
  }

  /** The bytes of a message; short ones have room only for a part of their number. */
  static byte[] make(int node, int life, long number, int length) {
    byte[] bytes = new byte[length];
    if (length < ID_LENGTH) {
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) (number >>> (8 * i));
      }
      return bytes;
    }
    long message = MessageId.of(node, life, number);
    LONGS.set(bytes, 0, message);
    System.arraycopy(FILLING, beginning(message), bytes, ID_LENGTH, length - ID_LENGTH);
    return bytes;
  }

  /** The name of a message by its bytes. */
  static long id(int node, byte[] bytes, int offset, int length) {
    if (length >= ID_LENGTH) {
      return (long) LONGS.get(bytes, offset);
    }
    long content = 0;
    for (int i = 0; i < length; i++) {
      content |= (bytes[offset + i] & 0xFFL) << (8 * i);
    }
    return MessageId.anonymous(node, length, content);
  }

  /** What a receiver of these bytes notes down. */
  static Entry delivered(long time, int group, int from, byte[] bytes, int offset, int length) {
    long message = id(from, bytes, offset, length);
    if (length < ID_LENGTH) {
      return new Entry.Delivered(time, group, from, message);
    }
    int beginning = beginning(message);
    boolean whole =
        message > 0
            && length <= LONGEST
            && Arrays.equals(
                bytes,
                offset + ID_LENGTH,
                offset + length,
                FILLING,
                beginning,
                beginning + length - ID_LENGTH);
    return whole
        ? new Entry.Delivered(time, group, from, message)
        : new Entry.Damaged(time, from, "%d bytes that nobody sent".formatted(length));
  }
}
