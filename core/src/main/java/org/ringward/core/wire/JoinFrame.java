package org.ringward.core.wire;

import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;

/**
 * A node's proposal for the next ring, or, with node id 0, its farewell (reference/totem-srp.md,
 * section 2): 33 bytes and 4 for each entry of the two lists.
 *
 * @param nodeId the sender, 0 when it leaves
 * @param systemFrom the sender
 * @param ringSequence the sender's current ring sequence
 * @param processors nodes the sender would like to see, in the order of the frame
 * @param failed nodes it has given up; the last one of a LEAVE is the leaver
 */
public record JoinFrame(
    int nodeId, int systemFrom, long ringSequence, int[] processors, int[] failed) {
  private static final int FIXED_LENGTH = 33;

  /** The largest JOIN. */
  public static final int LENGTH_MAX = FIXED_LENGTH + 2 * 4 * FrameHeader.PROCESSORS_MAX;

  /** Reads a frame; null when it is not a valid JOIN or LEAVE. */
  public static @Nullable JoinFrame read(byte[] frame, int offset, int length) {
    if (length < FIXED_LENGTH || !FrameHeader.is(FrameKind.JOIN, frame, offset, length)) {
      return null;
    }
    boolean big = FrameHeader.bigEndian(frame, offset);
    int nodeId = FrameHeader.nodeId(frame, offset, big);
    int systemFrom = Bytes.int32(frame, offset + 13, big);
    int processors = Bytes.int32(frame, offset + 17, big);
    int failed = Bytes.int32(frame, offset + 21, big);
    long ringSequence = Bytes.int64(frame, offset + 25, big);
    if (outside(processors)
        || outside(failed)
        || length != FIXED_LENGTH + 4 * (processors + failed)
        || systemFrom == 0
        || (nodeId != 0 && nodeId != systemFrom)
        || !FrameHeader.validRingSequence(ringSequence)) {
      return null;
    }
    int at = offset + FIXED_LENGTH;
    return new JoinFrame(
        nodeId,
        systemFrom,
        ringSequence,
        list(frame, at, processors, big),
        list(frame, at + 4 * processors, failed, big));
  }

  private static boolean outside(int entries) {
    return entries < 0 || entries > FrameHeader.PROCESSORS_MAX;
  }

  private static int[] list(byte[] frame, int offset, int entries, boolean big) {
    int[] list = new int[entries];
    for (int i = 0; i < entries; i++) {
      list[i] = Bytes.int32(frame, offset + 4 * i, big);
    }
    return list;
  }

  public boolean leaving() {
    return nodeId == 0;
  }

  public NodeSet processorSet() {
    return NodeSet.of(processors);
  }

  public NodeSet failedSet() {
    return NodeSet.of(failed);
  }

  public int length() {
    return FIXED_LENGTH + 4 * (processors.length + failed.length);
  }

  /** Writes the frame and returns its length. */
  public int write(byte[] frame, int offset) {
    FrameHeader.write(frame, offset, FrameKind.JOIN, 0, nodeId);
    Bytes.put32(frame, offset + 13, systemFrom);
    Bytes.put32(frame, offset + 17, processors.length);
    Bytes.put32(frame, offset + 21, failed.length);
    Bytes.put64(frame, offset + 25, ringSequence);
    int at = offset + FIXED_LENGTH;
    for (int processor : processors) {
      Bytes.put32(frame, at, processor);
      at += 4;
    }
    for (int node : failed) {
      Bytes.put32(frame, at, node);
      at += 4;
    }
    return at - offset;
  }
}
