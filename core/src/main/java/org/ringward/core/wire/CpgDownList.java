package org.ringward.core.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;

/**
 * The nodes a node has lost, told at synchronisation, 1568 bytes
 * (reference/totem-pg-sync-services.md, section 8). For the log only: every node works it out by
 * itself.
 */
public record CpgDownList(int oldMembers, NodeSet left) implements ServiceMessage {
  public static final int ID = ServiceHeader.CPG << 16 | 5;

  /** An older form, which nobody reads any more. */
  public static final int OLD_ID = ServiceHeader.CPG << 16 | 4;

  public static final int LENGTH = 1568;

  /** Reads a message; null when it is not valid. */
  public static @Nullable CpgDownList read(byte[] message, int offset, int length, boolean big) {
    if (length != LENGTH || ServiceHeader.id(message, offset, length, big) != ID) {
      return null;
    }
    int count = Bytes.int32(message, offset + 24, big);
    if (count < 0 || count > FrameHeader.PROCESSORS_MAX) {
      return null;
    }
    int[] left = new int[count];
    for (int i = 0; i < count; i++) {
      left[i] = Bytes.int32(message, offset + 32 + 4 * i, big);
    }
    return new CpgDownList(Bytes.int32(message, offset + 16, big), NodeSet.of(left));
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public int write(byte[] message, int offset) {
    Arrays.fill(message, offset, offset + LENGTH, (byte) 0);
    ServiceHeader.write(message, offset, ID, LENGTH);
    Bytes.put32(message, offset + 16, oldMembers);
    Bytes.put32(message, offset + 24, left.size());
    for (int i = 0; i < left.size(); i++) {
      Bytes.put32(message, offset + 32 + 4 * i, left.get(i));
    }
    return LENGTH;
  }
}
