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
 *   64  sequence of the last ring for which this node took the disk's vote
 *   72  score, 76 highest possible score
 *   80  sequence of the last quorate ring of the cluster state that it holds; 0 none, -1 keeps none
 *   88  turn of the vote that 64 speaks of: higher than all that were on the disk before
 *   96  sequence of the newest state that the members of that ring held then
 *  104  members of that ring, as above
 * </pre>
 *
 * @param held sequence of the node's state
 * @param voted the vote that it took last
 */
public record QuorumSlot(
    long incarnation,
    long beat,
    State state,
    int representative,
    long sequence,
    NodeSet members,
    int score,
    int maxScore,
    long held,
    Voted voted) {
  /** Bytes of the content. */
  public static final int LENGTH = 136;

  private static final int MEMBERS_AT = 32;
  private static final int MEMBERS_BYTES = 32;
  private static final int VOTED_MEMBERS_AT = 104;

  /**
   * A vote of the disk that a node has taken for its ring.
   *
   * @param sequence of the ring, 0 for none
   * @param members of the ring
   * @param turn higher than of all votes that were on the disk when it was taken
   * @param basis sequence of the newest state that the members held
   */
  public record Voted(long sequence, NodeSet members, long turn, long basis) {
    /** No vote was taken yet. */
    public static final Voted NONE = new Voted(0, NodeSet.EMPTY, 0, 0);
  }

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
    put(bytes, MEMBERS_AT, members);
    Bytes.put64(bytes, 64, voted.sequence());
    Bytes.put32(bytes, 72, score);
    Bytes.put32(bytes, 76, maxScore);
    Bytes.put64(bytes, 80, held);
    Bytes.put64(bytes, 88, voted.turn());
    Bytes.put64(bytes, 96, voted.basis());
    put(bytes, VOTED_MEMBERS_AT, voted.members());
  }

  private static void put(byte[] bytes, int from, NodeSet nodes) {
    for (int at = from; at < from + MEMBERS_BYTES; at++) {
      bytes[at] = 0;
    }
    nodes.stream().forEach(id -> bytes[from + id / 8] |= (byte) (1 << (id % 8)));
  }

  private static NodeSet nodes(byte[] bytes, int from) {
    int[] ids = new int[8 * MEMBERS_BYTES];
    int count = 0;
    for (int id = 1; id < ids.length; id++) {
      if ((bytes[from + id / 8] >> (id % 8) & 1) == 1) {
        ids[count++] = id;
      }
    }
    return NodeSet.of(Arrays.copyOf(ids, count));
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
    return new QuorumSlot(
        Bytes.int64(bytes, content, false),
        Bytes.int64(bytes, content + 8, false),
        state == null ? State.NONE : state,
        Bytes.int32(bytes, content + 20, false),
        Bytes.int64(bytes, content + 24, false),
        nodes(bytes, content + MEMBERS_AT),
        Bytes.int32(bytes, content + 72, false),
        Bytes.int32(bytes, content + 76, false),
        Bytes.int64(bytes, content + 80, false),
        new Voted(
            Bytes.int64(bytes, content + 64, false),
            nodes(bytes, content + VOTED_MEMBERS_AT),
            Bytes.int64(bytes, content + 88, false),
            Bytes.int64(bytes, content + 96, false)));
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
