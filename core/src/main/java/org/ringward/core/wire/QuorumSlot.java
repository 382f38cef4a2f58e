package org.ringward.core.wire;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.Check;
import org.ringward.core.base.NodeSet;

/**
 * What a node says of itself on a quorum disk: the content of its {@link DiskBlock} of type {@link
 * DiskBlock#QUORUM}, block 256 + id. Little-endian:
 *
 * <pre>
 *    0  incarnation of the node
 *    8  beat, grows with each write of an incarnation
 *   16  state, qdiskd's numbers
 *   20  representative of the ring that the node is in
 *   24  sequence of that ring
 *   32  members of the ring: bit (id % 8) of byte (id / 8)
 *   64  sequence of the last ring for which this node counted the disk's vote
 *   72  score, 76 highest possible score
 * </pre>
 *
 * @param voted sequence of that last ring, 0 for none
 */
public record QuorumSlot(
    long incarnation,
    long beat,
    State state,
    int representative,
    long sequence,
    NodeSet members,
    long voted,
    int score,
    int maxScore) {
  /** Bytes of the content. */
  public static final int LENGTH = 80;

  private static final int MEMBERS_AT = 32;
  private static final int MEMBERS_BYTES = 32;

  /** What a node is on the disk (reference/ecosystem.md, B7). */
  public enum State {
    /** It has left. */
    NONE(0),
    /** It writes, and may not vote: it has just begun, cannot read, or its score is too low. */
    INIT(2),
    /** It is fit to have the vote for its ring. */
    RUN(5),
    /** It takes the disk's vote for its ring: nobody of another ring may. */
    MASTER(6);

    private final int number;

    State(int number) {
      this.number = number;
    }
  }

  /** Writes the content at the beginning of an array of at least {@link #LENGTH} bytes. */
  public void put(byte[] bytes) {
    Bytes.put64(bytes, 0, incarnation);
    Bytes.put64(bytes, 8, beat);
    Bytes.put32(bytes, 16, state.number);
    Bytes.put32(bytes, 20, representative);
    Bytes.put64(bytes, 24, sequence);
    for (int at = MEMBERS_AT; at < MEMBERS_AT + MEMBERS_BYTES; at++) {
      bytes[at] = 0;
    }
    members.stream().forEach(id -> bytes[MEMBERS_AT + id / 8] |= (byte) (1 << (id % 8)));
    Bytes.put64(bytes, 64, voted);
    Bytes.put32(bytes, 72, score);
    Bytes.put32(bytes, 76, maxScore);
  }

  /** Whether a well-formed block has such a content. */
  public static boolean fits(byte[] bytes, int at) {
    return DiskBlock.type(bytes, at) == DiskBlock.QUORUM
        && DiskBlock.length(bytes, at) >= LENGTH
        && state(Bytes.int32(bytes, DiskBlock.content(at) + 16, false)) != null;
  }

  /** The content of a block that {@link #fits}. */
  public static QuorumSlot read(byte[] bytes, int at) {
    int content = DiskBlock.content(at);
    State state = state(Bytes.int32(bytes, content + 16, false));
    Check.that(state != null, "a slot was not looked at before it is read");
    int[] ids = new int[8 * MEMBERS_BYTES];
    int count = 0;
    for (int id = 1; id < ids.length; id++) {
      if ((bytes[content + MEMBERS_AT + id / 8] >> (id % 8) & 1) == 1) {
        ids[count++] = id;
      }
    }
    return new QuorumSlot(
        Bytes.int64(bytes, content, false),
        Bytes.int64(bytes, content + 8, false),
        state == null ? State.NONE : state,
        Bytes.int32(bytes, content + 20, false),
        Bytes.int64(bytes, content + 24, false),
        NodeSet.of(Arrays.copyOf(ids, count)),
        Bytes.int64(bytes, content + 64, false),
        Bytes.int32(bytes, content + 72, false),
        Bytes.int32(bytes, content + 76, false));
  }

  private static @Nullable State state(int number) {
    for (State state : State.values()) {
      if (state.number == number) {
        return state;
      }
    }
    return null;
  }
}
