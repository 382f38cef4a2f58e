package org.ringward.core.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;

/**
 * The token that forms a ring (reference/totem-srp.md, section 2): 41 bytes and 28 for each member.
 * On the first lap each member fills in where it stands in its old ring.
 */
public final class CommitTokenFrame {
  private static final int FIXED_LENGTH = 41;
  private static final int ENTRY_LENGTH = 24;

  public int nodeId;
  public int tokenSeq;
  public final int ringRepresentative;
  public final long ringSequence;
  public int retransmitFlag;

  /** Entries that are filled in. */
  public int memberIndex;

  private final int[] members;
  private final MemberEntry[] entries;

  /**
   * Where a member stands in the ring it comes from; all zero until it has filled it in.
   *
   * @param received it has every message of the old ring that it knows of
   */
  public record MemberEntry(
      int oldRepresentative, long oldSequence, int aru, int highDelivered, boolean received) {
    static final MemberEntry UNFILLED = new MemberEntry(0, 0, 0, 0, false);

    public boolean isFrom(int representative, long sequence) {
      return oldRepresentative == representative && oldSequence == sequence;
    }
  }

  private CommitTokenFrame(int representative, long ringSequence, int[] members) {
    this.ringRepresentative = representative;
    this.ringSequence = ringSequence;
    this.members = members;
    this.entries = new MemberEntry[members.length];
    Arrays.fill(entries, MemberEntry.UNFILLED);
  }

  /** A token that nobody has filled in yet. */
  public static CommitTokenFrame begin(int representative, long ringSequence, NodeSet members) {
    return new CommitTokenFrame(representative, ringSequence, members.stream().toArray());
  }

  /** Reads a frame; null when it is not a valid COMMIT_TOKEN. */
  public static @Nullable CommitTokenFrame read(byte[] frame, int offset, int length) {
    if (length < FIXED_LENGTH || !FrameHeader.is(FrameKind.COMMIT_TOKEN, frame, offset, length)) {
      return null;
    }
    boolean big = FrameHeader.bigEndian(frame, offset);
    int count = Bytes.int32(frame, offset + 37, big);
    long sequence = Bytes.int64(frame, offset + 21, big);
    if (count < 1
        || count > FrameHeader.PROCESSORS_MAX
        || length != FIXED_LENGTH + count * (4 + ENTRY_LENGTH)
        || !FrameHeader.validRingSequence(sequence)) {
      return null;
    }
    int[] members = new int[count];
    for (int i = 0; i < count; i++) {
      members[i] = Bytes.int32(frame, offset + FIXED_LENGTH + 4 * i, big);
      if (members[i] == 0 || (i > 0 && Integer.compareUnsigned(members[i - 1], members[i]) >= 0)) {
        return null;
      }
    }
    CommitTokenFrame token =
        new CommitTokenFrame(Bytes.int32(frame, offset + 17, big), sequence, members);
    token.nodeId = FrameHeader.nodeId(frame, offset, big);
    token.tokenSeq = Bytes.int32(frame, offset + 13, big);
    token.retransmitFlag = Bytes.int32(frame, offset + 29, big);
    token.memberIndex = Bytes.int32(frame, offset + 33, big);
    token.readEntries(frame, offset + FIXED_LENGTH + 4 * count, big);
    return token.memberIndex < 0 || token.memberIndex > count ? null : token;
  }

  private void readEntries(byte[] frame, int offset, boolean big) {
    for (int i = 0; i < entries.length; i++) {
      int at = offset + i * ENTRY_LENGTH;
      entries[i] =
          new MemberEntry(
              Bytes.int32(frame, at, big),
              Bytes.int64(frame, at + 4, big),
              Bytes.int32(frame, at + 12, big),
              Bytes.int32(frame, at + 16, big),
              Bytes.int32(frame, at + 20, big) != 0);
    }
  }

  /** Writes the frame and returns its length. */
  public int write(byte[] frame, int offset) {
    FrameHeader.write(frame, offset, FrameKind.COMMIT_TOKEN, 0, nodeId);
    Bytes.put32(frame, offset + 13, tokenSeq);
    FrameHeader.writeRingId(frame, offset + 17, ringRepresentative, ringSequence);
    Bytes.put32(frame, offset + 29, retransmitFlag);
    Bytes.put32(frame, offset + 33, memberIndex);
    Bytes.put32(frame, offset + 37, members.length);
    for (int i = 0; i < members.length; i++) {
      Bytes.put32(frame, offset + FIXED_LENGTH + 4 * i, members[i]);
    }
    for (int i = 0; i < entries.length; i++) {
      int at = offset + FIXED_LENGTH + 4 * members.length + i * ENTRY_LENGTH;
      MemberEntry entry = entries[i];
      FrameHeader.writeRingId(frame, at, entry.oldRepresentative, entry.oldSequence);
      Bytes.put32(frame, at + 12, entry.aru);
      Bytes.put32(frame, at + 16, entry.highDelivered);
      Bytes.put32(frame, at + 20, entry.received ? 1 : 0);
    }
    return length(members.length);
  }

  /** The largest token. */
  public static final int LENGTH_MAX =
      FIXED_LENGTH + FrameHeader.PROCESSORS_MAX * (4 + ENTRY_LENGTH);

  /** Bytes of a token for that many members. */
  public static int length(int members) {
    return FIXED_LENGTH + members * (4 + ENTRY_LENGTH);
  }

  /** Members, ascending. */
  public NodeSet memberSet() {
    return NodeSet.of(members);
  }

  public int members() {
    return members.length;
  }

  public int member(int index) {
    return members[index];
  }

  public MemberEntry entry(int index) {
    return entries[index];
  }

  /** Fills in what a member says of itself. */
  public void entry(int index, MemberEntry entry) {
    entries[index] = entry;
  }
}
