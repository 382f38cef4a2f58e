package org.ringward.core.group;

import java.util.Arrays;
import org.ringward.core.wire.PackedPayload;

/**
 * Puts the messages of one author together again from its packets
 * (reference/totem-pg-sync-services.md, section 1).
 */
final class Assembly {
  /** Corosync's limit of a message. */
  private static final int MESSAGE_MAX = 1024 * 1024 + 64 * 1024;

  /** A larger buffer is given up once it is empty. */
  private static final int KEPT_MAX = 128 * 1024;

  private static final byte[] NONE = {};

  private byte[] buffer = NONE;
  private int filled;
  private int lastFragment;
  private boolean throwingAway;

  /** Takes complete messages; the bytes are valid only during the call. */
  interface Sink {
    void message(int author, byte[] bytes, int offset, int length, boolean bigEndian);
  }

  /** A packet in the order of its author; false when its content is thrown away. */
  boolean packet(PackedPayload packet, byte[] bytes, int author, boolean bigEndian, Sink sink) {
    if (packet.continuation != lastFragment) {
      throwingAway = true;
    }
    if (throwingAway) {
      filled = 0;
      if (packet.fragmented == 0) {
        throwingAway = false;
        lastFragment = 0;
      }
      return false;
    }
    lastFragment = packet.fragmented;
    int complete = packet.fragmented == 0 ? packet.blocks : packet.blocks - 1;
    int at = packet.firstBlockOffset();
    for (int i = 0; i < complete; i++) {
      int length = packet.blockLength(i);
      if (i == 0 && filled > 0) {
        endMessage(bytes, at, length, author, bigEndian, sink);
      } else {
        sink.message(author, bytes, at, length, bigEndian);
      }
      at += length;
    }
    if (packet.fragmented != 0) {
      append(bytes, at, packet.blockLength(packet.blocks - 1));
    }
    return true;
  }

  private void endMessage(
      byte[] bytes, int offset, int length, int author, boolean bigEndian, Sink sink) {
    if (append(bytes, offset, length)) {
      int whole = filled;
      filled = 0;
      sink.message(author, buffer, 0, whole, bigEndian);
      if (buffer.length > KEPT_MAX) {
        buffer = NONE;
      }
    }
  }

  private boolean append(byte[] bytes, int offset, int length) {
    int needed = filled + length;
    if (needed > MESSAGE_MAX) {
      throwingAway = true;
      filled = 0;
      return false;
    }
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(MESSAGE_MAX, Math.max(needed, 2 * buffer.length)));
    }
    System.arraycopy(bytes, offset, buffer, filled, length);
    filled = needed;
    return true;
  }
}
