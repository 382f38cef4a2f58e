package org.ringward.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The one item of the configuration map that nodes tell each other: totem.config_version
 * (reference/totem-pg-sync-services.md, section 5); 328 bytes without the key, 336 with it.
 *
 * @param version 0 when the node has no such key
 */
public record CmapVersion(long version) implements ServiceMessage {
  public static final int ID = ServiceHeader.CMAP << 16;

  private static final byte[] KEY = "totem.config_version".getBytes(StandardCharsets.US_ASCII);
  private static final int ITEM = 48;
  private static final int VALUE_TYPE = ITEM + 264;
  private static final int VALUE_LENGTH = ITEM + 272;
  private static final int VALUE = ITEM + 280;
  private static final int UINT64 = 8;

  /** Reads a message; null when it is not valid or about another key. */
  public static @Nullable CmapVersion read(byte[] message, int offset, int length, boolean big) {
    if (length < VALUE
        || ServiceHeader.id(message, offset, length, big) != ID
        || Bytes.uint8(message, offset + 24) != 1
        || Bytes.uint16(message, offset + ITEM, big) != KEY.length) {
      return null;
    }
    int key = offset + ITEM + 8;
    if (!Arrays.equals(message, key, key + KEY.length, KEY, 0, KEY.length)) {
      return null;
    }
    int type = Bytes.uint8(message, offset + VALUE_TYPE);
    long size = Bytes.int64(message, offset + VALUE_LENGTH, big);
    if (type == 0 && size == 0) {
      return new CmapVersion(0);
    }
    return type == UINT64 && size == Long.BYTES && length == VALUE + Long.BYTES
        ? new CmapVersion(Bytes.int64(message, offset + VALUE, big))
        : null;
  }

  @Override
  public int length() {
    return version == 0 ? VALUE : VALUE + Long.BYTES;
  }

  @Override
  public int write(byte[] target, int offset) {
    Arrays.fill(target, offset, offset + length(), (byte) 0);
    ServiceHeader.write(target, offset, ID, length());
    Bytes.put8(target, offset + 24, 1);
    Bytes.put16(target, offset + ITEM, KEY.length);
    System.arraycopy(KEY, 0, target, offset + ITEM + 8, KEY.length);
    if (version != 0) {
      Bytes.put8(target, offset + VALUE_TYPE, UINT64);
      Bytes.put64(target, offset + VALUE_LENGTH, Long.BYTES);
      Bytes.put64(target, offset + VALUE, version);
    }
    return length();
  }
}
