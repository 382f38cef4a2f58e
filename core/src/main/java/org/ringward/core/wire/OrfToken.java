package org.ringward.core.wire;

/**
 * The token of a formed ring (reference/totem-srp.md, section 2), 57 bytes and 16 for each message
 * that is asked for again. One instance is read into and written from again and again.
 */
public final class OrfToken {
  /** Most retransmission requests a token carries. */
  public static final int REQUESTS_MAX = 30;

  static final int FIXED_LENGTH = 57;
  private static final int REQUEST_LENGTH = 16;

  /** The largest token. */
  public static final int LENGTH_MAX = FIXED_LENGTH + REQUESTS_MAX * REQUEST_LENGTH;

  public int nodeId;

  /** Highest message sequence ever given on this ring. */
  public int seq;

  /** One more at every hop. */
  public int tokenSeq;

  /** Every node is believed to have all messages up to here. */
  public int aru;

  /** The node that lowered aru, 0 for nobody. */
  public int aruNode;

  public int ringRepresentative;
  public long ringSequence;
  public int backlog;

  /** Messages sent by all nodes during the last rotation. */
  public int flowControlCount;

  /** Not 0 while some node still has messages of its old ring to send again. */
  public int retransmitFlag;

  private int requests;
  private final int[] requestRepresentative = new int[REQUESTS_MAX];
  private final long[] requestRingSequence = new long[REQUESTS_MAX];
  private final int[] requestSeq = new int[REQUESTS_MAX];

  /** Takes over a frame; false, with undefined content, when it is not a valid token. */
  public boolean read(byte[] frame, int offset, int length) {
    if (length < FIXED_LENGTH || !FrameHeader.is(FrameKind.ORF_TOKEN, frame, offset, length)) {
      return false;
    }
    boolean big = FrameHeader.bigEndian(frame, offset);
    nodeId = FrameHeader.nodeId(frame, offset, big);
    seq = Bytes.int32(frame, offset + 13, big);
    tokenSeq = Bytes.int32(frame, offset + 17, big);
    aru = Bytes.int32(frame, offset + 21, big);
    aruNode = Bytes.int32(frame, offset + 25, big);
    ringRepresentative = Bytes.int32(frame, offset + 29, big);
    ringSequence = Bytes.int64(frame, offset + 33, big);
    backlog = Bytes.int32(frame, offset + 41, big);
    flowControlCount = Bytes.int32(frame, offset + 45, big);
    retransmitFlag = Bytes.int32(frame, offset + 49, big);
    requests = Bytes.int32(frame, offset + 53, big);
    if (requests < 0
        || requests > REQUESTS_MAX
        || length != FIXED_LENGTH + requests * REQUEST_LENGTH
        || !FrameHeader.validRingSequence(ringSequence)) {
      return false;
    }
    for (int i = 0; i < requests; i++) {
      int at = offset + FIXED_LENGTH + i * REQUEST_LENGTH;
      requestRepresentative[i] = Bytes.int32(frame, at, big);
      requestRingSequence[i] = Bytes.int64(frame, at + 4, big);
      requestSeq[i] = Bytes.int32(frame, at + 12, big);
    }
    return true;
  }

  /** Writes the token and returns its length. */
  public int write(byte[] frame, int offset) {
    FrameHeader.write(frame, offset, FrameKind.ORF_TOKEN, 0, nodeId);
    Bytes.put32(frame, offset + 13, seq);
    Bytes.put32(frame, offset + 17, tokenSeq);
    Bytes.put32(frame, offset + 21, aru);
    Bytes.put32(frame, offset + 25, aruNode);
    FrameHeader.writeRingId(frame, offset + 29, ringRepresentative, ringSequence);
    Bytes.put32(frame, offset + 41, backlog);
    Bytes.put32(frame, offset + 45, flowControlCount);
    Bytes.put32(frame, offset + 49, retransmitFlag);
    Bytes.put32(frame, offset + 53, requests);
    for (int i = 0; i < requests; i++) {
      int at = offset + FIXED_LENGTH + i * REQUEST_LENGTH;
      FrameHeader.writeRingId(frame, at, requestRepresentative[i], requestRingSequence[i]);
      Bytes.put32(frame, at + 12, requestSeq[i]);
    }
    return FIXED_LENGTH + requests * REQUEST_LENGTH;
  }

  /** Messages that some node asks for. */
  public int requests() {
    return requests;
  }

  public int requestSeq(int index) {
    return requestSeq[index];
  }

  /** Whether a request is for a message of that ring. */
  public boolean requestIsOf(int index, int representative, long sequence) {
    return requestRepresentative[index] == representative && requestRingSequence[index] == sequence;
  }

  /** Whether that message of the token's ring is already asked for. */
  public boolean isRequested(int messageSeq) {
    for (int i = 0; i < requests; i++) {
      if (requestSeq[i] == messageSeq && requestIsOf(i, ringRepresentative, ringSequence)) {
        return true;
      }
    }
    return false;
  }

  /** Asks for a message of the token's ring; the list must not be full. */
  public void request(int messageSeq) {
    requestRepresentative[requests] = ringRepresentative;
    requestRingSequence[requests] = ringSequence;
    requestSeq[requests] = messageSeq;
    requests++;
  }

  /** Takes a request off the list and keeps the order of the others. */
  public void removeRequest(int index) {
    for (int i = index + 1; i < requests; i++) {
      requestRepresentative[i - 1] = requestRepresentative[i];
      requestRingSequence[i - 1] = requestRingSequence[i];
      requestSeq[i - 1] = requestSeq[i];
    }
    requests--;
  }

  /**
   * Makes this the first token of a new ring.
   *
   * @param firstSeq the number before the first message; 0
   */
  public void begin(int representative, long sequence, int firstSeq) {
    nodeId = representative;
    seq = firstSeq;
    tokenSeq = firstSeq;
    aru = firstSeq - 1;
    aruNode = representative;
    ringRepresentative = representative;
    ringSequence = sequence;
    backlog = 0;
    flowControlCount = 0;
    retransmitFlag = 0;
    requests = 0;
  }
}
