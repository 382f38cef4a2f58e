package org.ringward.core.group;

import java.util.Arrays;
import org.ringward.core.wire.CpgMessage;
import org.ringward.core.wire.CpgMessage.Part;

/**
 * Puts a large message of one author together again from its parts. Every member does so for every
 * group, joined or not: one that joins between the first part and the last still gets the message.
 */
final class PartAssembly {
  private static final byte[] NONE = {};

  private byte[] buffer = NONE;
  private int filled;
  private int wholeLength = -1;

  /** Forgets what was begun. */
  void reset() {
    buffer = NONE;
    filled = 0;
    wholeLength = -1;
  }

  /** A part; true when the message is complete. Parts that fit nowhere are ignored. */
  boolean part(CpgMessage part, byte[] bytes, int lengthMax) {
    if (part.part == Part.FIRST) {
      reset();
      wholeLength = part.wholeLength <= lengthMax ? part.wholeLength : -1;
    }
    if (part.wholeLength != wholeLength || part.dataLength > wholeLength - filled) {
      reset();
      return false;
    }
    int needed = filled + part.dataLength;
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(wholeLength, Math.max(needed, 2 * buffer.length)));
    }
    System.arraycopy(bytes, part.dataOffset, buffer, filled, part.dataLength);
    filled = needed;
    return part.part == Part.LAST && filled == wholeLength;
  }

  /** The bytes of the complete message. */
  byte[] bytes() {
    return buffer;
  }

  int length() {
    return filled;
  }

  /** Bytes that are taken up. */
  int held() {
    return buffer.length;
  }
}
