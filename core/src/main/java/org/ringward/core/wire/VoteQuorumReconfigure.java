package org.ringward.core.wire;

import org.jspecify.annotations.Nullable;

/**
 * A change of votequorum's numbers on all nodes, 32 bytes (reference/totem-pg-sync-services.md,
 * section 9): node @16, value @20, which number in one byte @24; what follows is padding.
 *
 * @param node whose votes, for {@link #NODE_VOTES}; else the author
 * @param value the new number, 0 with {@link #CANCEL_WAIT_FOR_ALL}
 * @param parameter one of the constants
 */
public record VoteQuorumReconfigure(int node, int value, int parameter) implements ServiceMessage {
  public static final int FUNCTION = 1;
  public static final int LENGTH = 32;

  /** All nodes expect that many votes. */
  public static final int EXPECTED_VOTES = 1;

  /** A node has that many votes. */
  public static final int NODE_VOTES = 2;

  /** Nobody waits for all any more. */
  public static final int CANCEL_WAIT_FOR_ALL = 3;

  private static final int ID = ServiceHeader.VOTEQUORUM << 16 | FUNCTION;

  /** Reads a message; null when it is not valid. */
  public static @Nullable VoteQuorumReconfigure read(
      byte[] message, int offset, int length, boolean big) {
    if (length != LENGTH || ServiceHeader.id(message, offset, length, big) != ID) {
      return null;
    }
    int parameter = message[offset + 24];
    if (parameter < EXPECTED_VOTES || parameter > CANCEL_WAIT_FOR_ALL) {
      return null;
    }
    return new VoteQuorumReconfigure(
        Bytes.int32(message, offset + 16, big), Bytes.int32(message, offset + 20, big), parameter);
  }

  @Override
  public int length() {
    return LENGTH;
  }

  @Override
  public int write(byte[] message, int offset) {
    ServiceHeader.write(message, offset, ID, LENGTH);
    Bytes.put32(message, offset + 16, node);
    Bytes.put32(message, offset + 20, value);
    Bytes.put32(message, offset + 24, 0);
    Bytes.put32(message, offset + 28, 0);
    message[offset + 24] = (byte) parameter;
    return LENGTH;
  }
}
