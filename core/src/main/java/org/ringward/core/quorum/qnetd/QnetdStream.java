package org.ringward.core.quorum.qnetd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.core.wire.Bytes;

/** Cuts a stream of bytes into messages. Holds little more than one message. */
public final class QnetdStream {
  private byte[] held = new byte[256];
  private int length;
  private int taken;
  private boolean broken;

  /** Bytes that have come. Take all messages before the next ones. */
  public void put(byte[] bytes, int count) {
    System.arraycopy(held, taken, held, 0, length - taken);
    length -= taken;
    taken = 0;
    if (length + count > held.length) {
      held = Arrays.copyOf(held, length + count);
    }
    System.arraycopy(bytes, 0, held, length, count);
    length += count;
  }

  /** The next whole message, null when it is not complete, or nothing can be understood. */
  public @Nullable QnetdMessage take() {
    int have = length - taken;
    if (broken || have < QnetdMessage.HEADER_BYTES) {
      return null;
    }
    long body = Integer.toUnsignedLong(Bytes.int32(held, taken + 2, true));
    if (body > QnetdMessage.BODY_MOST) {
      broken = true;
      return null;
    }
    int size = QnetdMessage.HEADER_BYTES + (int) body;
    if (have < size) {
      return null;
    }
    @Nullable QnetdMessage message = QnetdMessage.read(held, taken, size);
    taken += size;
    broken = message == null;
    return message;
  }

  /** Whether something came that is no message; nothing that follows can be understood. */
  public boolean isBroken() {
    return broken;
  }

  /** Whether there is nothing left, not even the beginning of a message. */
  boolean isEmpty() {
    return taken == length;
  }
}
