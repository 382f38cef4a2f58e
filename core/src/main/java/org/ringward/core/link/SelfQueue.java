package org.ringward.core.link;

/** Frames of a node to itself, in order, bounded; its buffers are used again. */
final class SelfQueue {
  private static final int CAPACITY = 32;

  private final byte[][] frames = new byte[CAPACITY][0];
  private final int[] lengths = new int[CAPACITY];
  private int first;
  private int size;

  /** Copies a frame to the end; false when the queue is full. */
  boolean add(byte[] frame, int length) {
    if (size == CAPACITY) {
      return false;
    }
    int index = (first + size) % CAPACITY;
    if (frames[index].length < length) {
      frames[index] = new byte[length];
    }
    System.arraycopy(frame, 0, frames[index], 0, length);
    lengths[index] = length;
    size++;
    return true;
  }

  boolean isEmpty() {
    return size == 0;
  }

  byte[] firstFrame() {
    return frames[first];
  }

  int firstLength() {
    return lengths[first];
  }

  void removeFirst() {
    first = (first + 1) % CAPACITY;
    size--;
  }

  void clear() {
    size = 0;
  }
}
