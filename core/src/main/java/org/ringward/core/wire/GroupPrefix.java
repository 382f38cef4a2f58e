package org.ringward.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names every message begins with (reference/totem-pg-sync-services.md, section 2): u16 count,
 * u16 lengths, names. Two names exist: one of the services and one of the sync protocol.
 */
public final class GroupPrefix {
  /** Messages of services. */
  public static final GroupPrefix SERVICES = new GroupPrefix("a");

  /** Messages of the sync protocol. */
  public static final GroupPrefix SYNC = new GroupPrefix("sync");

  private final byte[] name;
  private final byte[] prefix;

  private GroupPrefix(String text) {
    name = text.getBytes(StandardCharsets.US_ASCII);
    prefix = new byte[4 + name.length];
    Bytes.put16(prefix, 0, 1);
    Bytes.put16(prefix, 2, name.length);
    System.arraycopy(name, 0, prefix, 4, name.length);
  }

  /** Bytes of the prefix as this class writes it. */
  public int length() {
    return prefix.length;
  }

  /** Writes the prefix and returns its length. */
  public int write(byte[] message, int offset) {
    System.arraycopy(prefix, 0, message, offset, prefix.length);
    return prefix.length;
  }

  /** Whether a message begins with this prefix exactly as this class writes it. */
  public boolean begins(byte[] message, int offset, int length) {
    return length >= prefix.length
        && Arrays.equals(message, offset, offset + prefix.length, prefix, 0, prefix.length);
  }

  /** The length of a message's prefix, whatever names it has; -1 when it is not valid. */
  public static int lengthOf(byte[] message, int offset, int length, boolean bigEndian) {
    if (length < 2) {
      return -1;
    }
    int count = Bytes.uint16(message, offset, bigEndian);
    int end = 2 + 2 * count;
    if (end > length) {
      return -1;
    }
    for (int i = 0; i < count; i++) {
      end += Bytes.uint16(message, offset + 2 + 2 * i, bigEndian);
    }
    return end > length ? -1 : end;
  }

  /** Whether this name is among those of a message with a valid prefix. */
  public boolean isIn(byte[] message, int offset, boolean bigEndian) {
    int count = Bytes.uint16(message, offset, bigEndian);
    int at = offset + 2 + 2 * count;
    for (int i = 0; i < count; i++) {
      int nameLength = Bytes.uint16(message, offset + 2 + 2 * i, bigEndian);
      if (Arrays.equals(message, at, at + nameLength, name, 0, name.length)) {
        return true;
      }
      at += nameLength;
    }
    return false;
  }
}
