package org.ringward.core.wire;

/**
 * A message with its place in the order (reference/totem-srp.md, section 2): 45 bytes and a
 * payload, which is a packet of packed messages, or in recovery a whole earlier MCAST frame. An
 * instance is a view of the last frame it read.
 */
public final class McastFrame {
  public static final int HEADER_LENGTH = 45;

  /** Value of encapsulated: the payload is an earlier frame. */
  public static final int RECOVERED = 1;

  /** Value of encapsulated: the payload is a packet. */
  public static final int ORDINARY = 2;

  public boolean bigEndian;

  /** Node that sent the frame first. */
  public int nodeId;

  public int encapsulated;

  /** Author of an ordinary frame; of a recovered one the node that sent it again. */
  public int systemFrom;

  public int seq;

  /** The author's private counter; nothing checks it. */
  public int thisSeqno;

  public int ringRepresentative;
  public long ringSequence;
  public int guarantee;
  public int payloadOffset;
  public int payloadLength;

  /** Takes over a frame; false, with undefined content, when it is not a valid MCAST. */
  public boolean read(byte[] frame, int offset, int length) {
    if (length <= HEADER_LENGTH
        || length > FrameHeader.FRAME_MAX
        || !FrameHeader.is(FrameKind.MCAST, frame, offset, length)) {
      return false;
    }
    bigEndian = FrameHeader.bigEndian(frame, offset);
    nodeId = FrameHeader.nodeId(frame, offset, bigEndian);
    encapsulated = Bytes.uint8(frame, offset + 4);
    systemFrom = Bytes.int32(frame, offset + 13, bigEndian);
    seq = Bytes.int32(frame, offset + 17, bigEndian);
    thisSeqno = Bytes.int32(frame, offset + 21, bigEndian);
    ringRepresentative = Bytes.int32(frame, offset + 25, bigEndian);
    ringSequence = Bytes.int64(frame, offset + 29, bigEndian);
    guarantee = Bytes.int32(frame, offset + 41, bigEndian);
    payloadOffset = offset + HEADER_LENGTH;
    payloadLength = length - HEADER_LENGTH;
    return (encapsulated == RECOVERED || encapsulated == ORDINARY)
        && systemFrom != 0
        && FrameHeader.validRingSequence(ringSequence);
  }

  /** Writes a header; the payload follows it. */
  public static void writeHeader(
      byte[] frame,
      int offset,
      int encapsulated,
      int self,
      int seq,
      int thisSeqno,
      int ringRepresentative,
      long ringSequence) {
    FrameHeader.write(frame, offset, FrameKind.MCAST, encapsulated, self);
    Bytes.put32(frame, offset + 13, self);
    Bytes.put32(frame, offset + 17, seq);
    Bytes.put32(frame, offset + 21, thisSeqno);
    FrameHeader.writeRingId(frame, offset + 25, ringRepresentative, ringSequence);
    Bytes.put32(frame, offset + 37, 0);
    Bytes.put32(frame, offset + 41, 0);
  }
}
