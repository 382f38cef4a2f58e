package org.ringward.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * What a node says of its votes, 32 bytes (reference/totem-pg-sync-services.md, section 9).
 *
 * @param nodeId the author, or {@link #DEVICE} for the author's quorum device
 * @param flags the FLAG_ constants, added up
 */
public record VoteQuorumNodeInfo(int nodeId, int votes, int expectedVotes, int flags)
    implements ServiceMessage {
  public static final int ID = ServiceHeader.VOTEQUORUM << 16;
  public static final int LENGTH = 32;

  /** As node id: the quorum device of the author. */
  public static final int DEVICE = 0;

  /** The author is quorate. */
  public static final int FLAG_QUORATE = 1;

  /** The author leaves and need not be expected any more. */
  public static final int FLAG_LEAVING = 2;

  /** The author waits until all nodes were seen once. */
  public static final int FLAG_WAIT_FOR_ALL = 4;

  /** The author has never seen another node. */
  public static final int FLAG_FIRST = 8;

  /** A quorum device is registered at the author. */
  public static final int FLAG_DEVICE_REGISTERED = 16;

  /** That device answers. */
  public static final int FLAG_DEVICE_ALIVE = 32;

  /** That device gives its votes. */
  public static final int FLAG_DEVICE_CASTS_VOTE = 64;

  /** The side that device votes for may go on whatever the others have. */
  public static final int FLAG_DEVICE_MASTER_WINS = 128;

  /** Reads a message; null when it is not valid. */
  public static @Nullable VoteQuorumNodeInfo read(
      byte[] message, int offset, int length, boolean big) {
    if (length != LENGTH || ServiceHeader.id(message, offset, length, big) != ID) {
      return null;
    }
    return new VoteQuorumNodeInfo(
        Bytes.int32(message, offset + 16, big),
        Bytes.int32(message, offset + 20, big),
        Bytes.int32(message, offset + 24, big),
        Bytes.int32(message, offset + 28, big));
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public int write(byte[] message, int offset) {
    ServiceHeader.write(message, offset, ID, LENGTH);
    Bytes.put32(message, offset + 16, nodeId);
    Bytes.put32(message, offset + 20, votes);
    Bytes.put32(message, offset + 24, expectedVotes);
    Bytes.put32(message, offset + 28, flags);
    return LENGTH;
  }
}
