package org.ringward.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * A process joins or leaves a group: procjoin and procleave, 168 bytes
 * (reference/totem-pg-sync-services.md, section 8).
 *
 * @param joins a procjoin, else a procleave
 * @param reason 1 join, 2 leave, 3 node down, 4 node up, 5 process gone
 */
public record CpgProcessChange(boolean joins, String group, int pid, int reason)
    implements ServiceMessage {
  public static final int JOIN_ID = ServiceHeader.CPG << 16;
  public static final int LEAVE_ID = ServiceHeader.CPG << 16 | 1;
  public static final int REASON_JOIN = 1;
  public static final int REASON_LEAVE = 2;
  public static final int REASON_PROCESS_GONE = 5;
  public static final int LENGTH = 168;

  /** Reads a message; null when it is not valid. */
  public static @Nullable CpgProcessChange read(
      byte[] message, int offset, int length, boolean big) {
    int id = ServiceHeader.id(message, offset, length, big);
    if (length != LENGTH || (id != JOIN_ID && id != LEAVE_ID)) {
      return null;
    }
    String group = CpgGroupName.read(message, offset + 16, big);
    return group == null
        ? null
        : new CpgProcessChange(
            id == JOIN_ID,
            group,
            Bytes.int32(message, offset + 152, big),
            Bytes.int32(message, offset + 160, big));
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public int write(byte[] message, int offset) {
    ServiceHeader.write(message, offset, joins ? JOIN_ID : LEAVE_ID, LENGTH);
    CpgGroupName.write(message, offset + 16, CpgGroupName.bytes(group));
    Bytes.put64(message, offset + 152, pid & 0xFFFFFFFFL);
    Bytes.put64(message, offset + 160, reason & 0xFFFFFFFFL);
    return LENGTH;
  }
}
