package org.ringward.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The name of a closed process group on the wire, 136 bytes: u32 length, 4 bytes of padding, 128
 * bytes of name (reference/totem-pg-sync-services.md, section 8).
 */
final class CpgGroupName {
  static final int LENGTH = 136;
  static final int NAME_MAX = 128;

  private CpgGroupName() {}

  /** The length of the name, -1 when it is not valid. */
  static int nameLength(byte[] message, int offset, boolean big) {
    int length = Bytes.int32(message, offset, big);
    return length < 0 || length > NAME_MAX ? -1 : length;
  }

  /** The name as text; bytes that are not ASCII are kept apart by their Latin-1 characters. */
  static @Nullable String read(byte[] message, int offset, boolean big) {
    int length = nameLength(message, offset, big);
    return length < 0 ? null : new String(message, offset + 8, length, StandardCharsets.ISO_8859_1);
  }

  static void write(byte[] message, int offset, byte[] name) {
    Bytes.put32(message, offset, name.length);
    Bytes.put32(message, offset + 4, 0);
    System.arraycopy(name, 0, message, offset + 8, name.length);
    Arrays.fill(message, offset + 8 + name.length, offset + LENGTH, (byte) 0);
  }

  static int hash(byte[] bytes, int offset, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + bytes[offset + i];
    }
    return hash;
  }

  static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.ISO_8859_1);
  }
}
