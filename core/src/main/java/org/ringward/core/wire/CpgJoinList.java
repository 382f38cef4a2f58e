package org.ringward.core.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All group memberships of a node's processes, told at synchronisation: 24 bytes, the longer header
 * form with an error number, and 144 for each entry (reference/totem-pg-sync-services.md, section
 * 8).
 */
public record CpgJoinList(List<Entry> entries) implements ServiceMessage {
  public static final int ID = ServiceHeader.CPG << 16 | 2;
  private static final int FIXED_LENGTH = 24;
  private static final int ENTRY_LENGTH = 144;

  /** One process in one group. */
  public record Entry(int pid, String group) {}

  public CpgJoinList {
    entries = List.copyOf(entries);
  }

  /** Reads a message; null when it is not valid. */
  public static @Nullable CpgJoinList read(byte[] message, int offset, int length, boolean big) {
    if (length < FIXED_LENGTH
        || (length - FIXED_LENGTH) % ENTRY_LENGTH != 0
        || ServiceHeader.id(message, offset, length, big) != ID) {
      return null;
    }
    List<Entry> entries = new ArrayList<>();
    for (int at = offset + FIXED_LENGTH; at < offset + length; at += ENTRY_LENGTH) {
      String group = CpgGroupName.read(message, at + 8, big);
      if (group == null) {
        return null;
      }
      entries.add(new Entry(Bytes.int32(message, at, big), group));
    }
    return new CpgJoinList(entries);
  }

  @Override
  public int length() {
    return FIXED_LENGTH + ENTRY_LENGTH * entries.size();
  }

  @Override
  public int write(byte[] message, int offset) {
    ServiceHeader.write(message, offset, ID, length());
    Bytes.put64(message, offset + 16, 0);
    int at = offset + FIXED_LENGTH;
    for (Entry entry : entries) {
      Bytes.put64(message, at, entry.pid & 0xFFFFFFFFL);
      CpgGroupName.write(message, at + 8, CpgGroupName.bytes(entry.group));
      at += ENTRY_LENGTH;
    }
    return length();
  }
}
