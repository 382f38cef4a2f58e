package org.ringward.core.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A message to a closed process group, whole or a part of a large one: mcast, 184 bytes and the
 * data, and partial mcast, 200 bytes and the data (reference/totem-pg-sync-services.md, section 8).
 * An instance is a view of the last message it read.
 */
public final class CpgMessage {
  public static final int WHOLE_ID = ServiceHeader.CPG << 16 | 3;
  public static final int PARTIAL_ID = ServiceHeader.CPG << 16 | 6;

  /** Bytes before the data of a whole message. */
  public static final int WHOLE_HEADER = 184;

  /** Bytes before the data of a part. */
  public static final int PARTIAL_HEADER = 200;

  /** Which part of a message, with its number on the wire. */
  public enum Part {
    /** All of it; never on the wire as a number. */
    WHOLE(0),
    FIRST(1),
    CONTINUED(2),
    LAST(3);

    private final int number;

    Part(int number) {
      this.number = number;
    }
  }

  private static final Part[] PARTS = Part.values();

  public Part part = Part.WHOLE;

  /** Bytes of the whole message, of which this may be a part. */
  public int wholeLength;

  public int pid;
  public int dataOffset;
  public int dataLength;

  private byte[] bytes = {};
  private int nameOffset;
  private int nameLength;

  /** Takes over a message; false, with undefined content, when it is not valid. */
  public boolean read(byte[] message, int offset, int length, boolean big) {
    int id = ServiceHeader.id(message, offset, length, big);
    boolean partial = id == PARTIAL_ID;
    int header = partial ? PARTIAL_HEADER : WHOLE_HEADER;
    if ((id != WHOLE_ID && !partial) || length < header) {
      return false;
    }
    bytes = message;
    part = Part.WHOLE;
    nameOffset = offset + 24;
    nameLength = CpgGroupName.nameLength(message, offset + 16, big);
    wholeLength = Bytes.int32(message, offset + 152, big);
    dataOffset = offset + header;
    dataLength = length - header;
    pid = Bytes.int32(message, offset + (partial ? 168 : 160), big);
    return nameLength >= 0 && (partial ? validPart(offset, big) : wholeLength == dataLength);
  }

  private boolean validPart(int offset, boolean big) {
    int number = Bytes.int32(bytes, offset + 176, big);
    if (number < Part.FIRST.number || number > Part.LAST.number) {
      return false;
    }
    part = PARTS[number];
    return Bytes.int32(bytes, offset + 160, big) == dataLength && wholeLength >= dataLength;
  }

  /** Changes the length in a header that {@link #writeWhole} has written. */
  public static void writeWholeLength(byte[] header, int offset, int dataLength) {
    Bytes.put32(header, offset + 8, WHOLE_HEADER + dataLength);
    Bytes.put32(header, offset + 152, dataLength);
  }

  /** A number that is the same for equal names. */
  public int groupHash() {
    return CpgGroupName.hash(bytes, nameOffset, nameLength);
  }

  /** The number {@link #groupHash} gives for messages to a group of this name. */
  public static int groupHash(byte[] name) {
    return CpgGroupName.hash(name, 0, name.length);
  }

  /** Whether the group has this name. */
  public boolean isOfGroup(byte[] name) {
    return Arrays.equals(bytes, nameOffset, nameOffset + nameLength, name, 0, name.length);
  }

  /** The name of the group; allocates. */
  public String group() {
    return new String(bytes, nameOffset, nameLength, StandardCharsets.ISO_8859_1);
  }

  /** The name of the group as it is compared on the wire; allocates. */
  public static byte[] groupBytes(String group) {
    return CpgGroupName.bytes(group);
  }

  /** Writes the header of a whole message of that many bytes and returns its length. */
  public static int writeWhole(
      byte[] target, int offset, byte[] group, int dataLength, int pid, int nodeId) {
    ServiceHeader.write(target, offset, WHOLE_ID, WHOLE_HEADER + dataLength);
    CpgGroupName.write(target, offset + 16, group);
    Bytes.put64(target, offset + 152, dataLength);
    Bytes.put64(target, offset + 160, pid & 0xFFFFFFFFL);
    writeSource(target, offset + 168, nodeId);
    return WHOLE_HEADER;
  }

  /** Writes the header of a part and returns its length. */
  public static int writePartial(
      byte[] target,
      int offset,
      byte[] group,
      Part part,
      int wholeLength,
      int dataLength,
      int pid,
      int nodeId) {
    ServiceHeader.write(target, offset, PARTIAL_ID, PARTIAL_HEADER + dataLength);
    CpgGroupName.write(target, offset + 16, group);
    Bytes.put64(target, offset + 152, wholeLength);
    Bytes.put64(target, offset + 160, dataLength);
    Bytes.put64(target, offset + 168, pid & 0xFFFFFFFFL);
    Bytes.put64(target, offset + 176, part.number);
    writeSource(target, offset + 184, nodeId);
    return PARTIAL_HEADER;
  }

  private static void writeSource(byte[] target, int offset, int nodeId) {
    Bytes.put64(target, offset, nodeId & 0xFFFFFFFFL);
    Bytes.put64(target, offset + 8, 0);
  }
}
