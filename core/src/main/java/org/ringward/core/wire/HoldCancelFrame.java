package org.ringward.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * A node that has something to send asks for the held token (reference/totem-srp.md, section 2), 25
 * bytes.
 */
public record HoldCancelFrame(int nodeId, int ringRepresentative, long ringSequence) {
  public static final int LENGTH = 25;

  /** Reads a frame; null when it is not a valid HOLD_CANCEL. */
  public static @Nullable HoldCancelFrame read(byte[] frame, int offset, int length) {
    if (length != LENGTH || !FrameHeader.is(FrameKind.HOLD_CANCEL, frame, offset, length)) {
      return null;
    }
    boolean big = FrameHeader.bigEndian(frame, offset);
    HoldCancelFrame read =
        new HoldCancelFrame(
            FrameHeader.nodeId(frame, offset, big),
            Bytes.int32(frame, offset + 13, big),
            Bytes.int64(frame, offset + 17, big));
    return FrameHeader.validRingSequence(read.ringSequence) ? read : null;
  }

  /** Writes the frame and returns its length. */
  public int write(byte[] frame, int offset) {
    FrameHeader.write(frame, offset, FrameKind.HOLD_CANCEL, 0, nodeId);
    FrameHeader.writeRingId(frame, offset + 13, ringRepresentative, ringSequence);
    return LENGTH;
  }
}
