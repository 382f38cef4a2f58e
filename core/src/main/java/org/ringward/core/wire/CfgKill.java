package org.ringward.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The order to end a node's daemon at once, 288 bytes (reference/totem-pg-sync-services.md, section
 * 6): node @16, reason with its u16 length @24.
 *
 * @param reason for the log; what is longer than 255 bytes is cut off
 */
public record CfgKill(int node, String reason) implements ServiceMessage {
  public static final int FUNCTION = 1;
  public static final int LENGTH = 288;
  private static final int ID = ServiceHeader.CFG << 16 | FUNCTION;
  private static final int REASON = 32;
  private static final int REASON_MAX = 255;

  /** Reads a message; null when it is not valid. */
  public static @Nullable CfgKill read(byte[] message, int offset, int length, boolean big) {
    if (length != LENGTH || ServiceHeader.id(message, offset, length, big) != ID) {
      return null;
    }
    int size = Bytes.uint16(message, offset + 24, big);
    if (size > LENGTH - REASON) {
      return null;
    }
    String reason = new String(message, offset + REASON, size, StandardCharsets.UTF_8);
    return new CfgKill(Bytes.int32(message, offset + 16, big), reason);
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public int write(byte[] target, int offset) {
    Arrays.fill(target, offset, offset + LENGTH, (byte) 0);
    ServiceHeader.write(target, offset, ID, LENGTH);
    Bytes.put32(target, offset + 16, node);
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    int size = Math.min(text.length, REASON_MAX);
    Bytes.put16(target, offset + 24, size);
    System.arraycopy(text, 0, target, offset + REASON, size);
    return LENGTH;
  }
}
