package org.ringward.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * The representative of an idle ring makes it known to other rings (reference/totem-srp.md, section
 * 2), 29 bytes.
 */
public record MergeDetectFrame(int systemFrom, int ringRepresentative, long ringSequence) {
  public static final int LENGTH = 29;

  /** Reads a frame; null when it is not a valid MERGE_DETECT. */
  public static @Nullable MergeDetectFrame read(byte[] frame, int offset, int length) {
    if (length != LENGTH || !FrameHeader.is(FrameKind.MERGE_DETECT, frame, offset, length)) {
      return null;
    }
    boolean big = FrameHeader.bigEndian(frame, offset);
    MergeDetectFrame read =
        new MergeDetectFrame(
            Bytes.int32(frame, offset + 13, big),
            Bytes.int32(frame, offset + 17, big),
            Bytes.int64(frame, offset + 21, big));
    return read.systemFrom != 0 && FrameHeader.validRingSequence(read.ringSequence) ? read : null;
  }

  /** Writes the frame and returns its length. */
  public int write(byte[] frame, int offset) {
    FrameHeader.write(frame, offset, FrameKind.MERGE_DETECT, 0, systemFrom);
    Bytes.put32(frame, offset + 13, systemFrom);
    FrameHeader.writeRingId(frame, offset + 17, ringRepresentative, ringSequence);
    return LENGTH;
  }
}
