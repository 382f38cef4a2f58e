package org.ringward.core.group;

import org.ringward.core.wire.CpgMessage;
import org.ringward.core.wire.CpgMessage.Part;
import org.ringward.core.wire.GroupPrefix;

/**
 * A message that waits to be packed, in one piece or, when it is large, in several parts. Used
 * again and again.
 */
final class OutgoingMessage {
  /** The most data in one piece. */
  static final int PIECE_MAX = 64 * 1024;

  private static final byte[] NONE = {};

  private byte[] group = NONE;
  private byte[] body = NONE;
  private boolean raw;
  private int pid;
  private int nodeId;
  private int headPiece;
  private int headLength;
  private final byte[] head = new byte[GroupPrefix.SERVICES.length() + CpgMessage.PARTIAL_HEADER];

  /** A message that goes out as it is. */
  void setRaw(byte[] bytes) {
    raw = true;
    body = bytes;
    headPiece = -1;
  }

  /** A message to a group; the bytes are not copied. */
  void setMessage(byte[] groupName, byte[] bytes, int fromPid, int fromNode) {
    raw = false;
    group = groupName;
    body = bytes;
    pid = fromPid;
    nodeId = fromNode;
    headPiece = -1;
  }

  /** Forgets the bytes. */
  void clear() {
    body = NONE;
    group = NONE;
  }

  int bodyLength() {
    return body.length;
  }

  int pieces() {
    return raw || body.length <= PIECE_MAX ? 1 : (body.length + PIECE_MAX - 1) / PIECE_MAX;
  }

  int pieceLength(int piece) {
    if (raw) {
      return body.length;
    }
    int header = pieces() == 1 ? CpgMessage.WHOLE_HEADER : CpgMessage.PARTIAL_HEADER;
    return GroupPrefix.SERVICES.length() + header + dataLength(piece);
  }

  private int dataLength(int piece) {
    return Math.min(PIECE_MAX, body.length - piece * PIECE_MAX);
  }

  /** Copies some bytes of a piece, from a position in it on. */
  void copy(int piece, int position, int length, byte[] target, int offset) {
    if (raw) {
      System.arraycopy(body, position, target, offset, length);
      return;
    }
    makeHead(piece);
    int fromHead = Math.max(0, Math.min(length, headLength - position));
    if (fromHead > 0) {
      System.arraycopy(head, position, target, offset, fromHead);
    }
    int dataPosition = Math.max(0, position - headLength);
    System.arraycopy(
        body, piece * PIECE_MAX + dataPosition, target, offset + fromHead, length - fromHead);
  }

  private void makeHead(int piece) {
    if (headPiece == piece) {
      return;
    }
    headPiece = piece;
    int prefix = GroupPrefix.SERVICES.write(head, 0);
    int data = dataLength(piece);
    int pieces = pieces();
    if (pieces == 1) {
      headLength = prefix + CpgMessage.writeWhole(head, prefix, group, data, pid, nodeId);
    } else {
      Part part = piece == 0 ? Part.FIRST : piece == pieces - 1 ? Part.LAST : Part.CONTINUED;
      headLength =
          prefix
              + CpgMessage.writePartial(head, prefix, group, part, body.length, data, pid, nodeId);
    }
  }
}
