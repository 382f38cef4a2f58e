package org.ringward.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * A node has done its part for the current service of a synchronisation, 32 bytes
 * (reference/totem-pg-sync-services.md, section 4).
 */
public record SyncBarrier(int ringRepresentative, long ringSequence) implements ServiceMessage {
  public static final int ID = 0;
  public static final int LENGTH = 32;

  /** Reads a message; null when it is not valid. */
  public static @Nullable SyncBarrier read(byte[] message, int offset, int length, boolean big) {
    if (length != LENGTH || ServiceHeader.id(message, offset, length, big) != ID) {
      return null;
    }
    return new SyncBarrier(
        Bytes.int32(message, offset + 16, big), Bytes.int64(message, offset + 20, big));
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public int write(byte[] message, int offset) {
    ServiceHeader.write(message, offset, ID, LENGTH);
    FrameHeader.writeRingId(message, offset + 16, ringRepresentative, ringSequence);
    Bytes.put32(message, offset + 28, 0);
    return LENGTH;
  }
}
