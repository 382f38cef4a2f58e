package org.ringward.core.totem;

/** An MCAST frame that is kept until every member has it; used again and again. */
final class StoredFrame {
  final byte[] bytes;
  int length;

  StoredFrame(int capacity) {
    bytes = new byte[capacity];
  }

  void set(byte[] frame, int offset, int frameLength) {
    System.arraycopy(frame, offset, bytes, 0, frameLength);
    length = frameLength;
  }
}
