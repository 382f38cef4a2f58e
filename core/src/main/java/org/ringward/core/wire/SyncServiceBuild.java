package org.ringward.core.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The services a node brings into the synchronisation of a new ring, 552 bytes
 * (reference/totem-pg-sync-services.md, section 4).
 */
public record SyncServiceBuild(int ringRepresentative, long ringSequence, int[] services)
    implements ServiceMessage {
  public static final int ID = 1;
  public static final int LENGTH = 552;
  private static final int SERVICES_MAX = 128;

  /** Reads a message; null when it is not valid. */
  public static @Nullable SyncServiceBuild read(
      byte[] message, int offset, int length, boolean big) {
    if (length != LENGTH || ServiceHeader.id(message, offset, length, big) != ID) {
      return null;
    }
    int entries = Bytes.int32(message, offset + 32, big);
    if (entries < 0 || entries > SERVICES_MAX) {
      return null;
    }
    int[] services = new int[entries];
    for (int i = 0; i < entries; i++) {
      services[i] = Bytes.int32(message, offset + 40 + 4 * i, big);
    }
    return new SyncServiceBuild(
        Bytes.int32(message, offset + 16, big), Bytes.int64(message, offset + 20, big), services);
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public int write(byte[] message, int offset) {
    Arrays.fill(message, offset, offset + LENGTH, (byte) 0);
    ServiceHeader.write(message, offset, ID, LENGTH);
    FrameHeader.writeRingId(message, offset + 16, ringRepresentative, ringSequence);
    Bytes.put32(message, offset + 32, services.length);
    for (int i = 0; i < services.length; i++) {
      Bytes.put32(message, offset + 40 + 4 * i, services[i]);
    }
    return LENGTH;
  }
}
