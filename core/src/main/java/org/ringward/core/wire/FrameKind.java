package org.ringward.core.wire;

import org.jspecify.annotations.Nullable;

/** The kinds of Totem frames; with their types on the wire (reference/totem-srp.md, 1). */
public enum FrameKind {
  /** The token of a formed ring: whoever has it may send. */
  ORF_TOKEN(0),
  /** A message with its place in the order. */
  MCAST(1),
  /** The representative of an idle ring looks for other rings. */
  MERGE_DETECT(2),
  /** Who should be in the next ring; also says that a node leaves. */
  JOIN(3),
  /** The token that forms a ring in two laps. */
  COMMIT_TOKEN(4),
  /** A node asks the representative to let a held token go. */
  HOLD_CANCEL(5);

  private static final FrameKind[] KINDS = values();

  private final int type;

  FrameKind(int type) {
    this.type = type;
  }

  int type() {
    return type;
  }

  /**
   * The kind of a frame, null when the bytes have no valid header: fewer than 13, another magic
   * number or version, an unknown type.
   */
  public static @Nullable FrameKind of(byte[] frame, int offset, int length) {
    if (length < FrameHeader.LENGTH) {
      return null;
    }
    int magic = Bytes.uint16(frame, offset, false);
    if (magic != FrameHeader.MAGIC && magic != FrameHeader.MAGIC_SWAPPED) {
      return null;
    }
    int type = Bytes.uint8(frame, offset + 3);
    return Bytes.uint8(frame, offset + 2) == FrameHeader.VERSION && type < KINDS.length
        ? KINDS[type]
        : null;
  }
}
