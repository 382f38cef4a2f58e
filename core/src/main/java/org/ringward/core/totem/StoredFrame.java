package org.ringward.core.totem;

/** An MCAST frame that is kept until every member has it; used again and again. */
final class StoredFrame {
  byte[] bytes;
  int length;

  StoredFrame(int capacity) {
    bytes = new byte[capacity];
  }

  /** Makes room for so many bytes; the content is lost when there is too little. */
  void makeRoom(int frameLength) {
    if (bytes.length < frameLength) {
      bytes = new byte[frameLength];
    }
  }

  void set(byte[] frame, int offset, int frameLength) {
    makeRoom(frameLength);
    System.arraycopy(frame, offset, bytes, 0, frameLength);
    length = frameLength;
  }
}
