package org.ringward.core.totem;

import org.jspecify.annotations.Nullable;

/**
 * The messages of one ring by sequence number, from the first that is not yet released on; a window
 * of fixed size.
 */
final class SortQueue {
  /** Slots, as many as Corosync has. */
  static final int WINDOW = 16384;

  private final FramePool pool;
  private final @Nullable StoredFrame[] slots = new StoredFrame[WINDOW];
  private final byte[] misses = new byte[WINDOW];
  private int released;

  SortQueue(FramePool pool) {
    this.pool = pool;
  }

  /** The highest number that is released; all up to it are gone. */
  int released() {
    return released;
  }

  boolean inWindow(int seq) {
    int ahead = seq - released;
    return ahead > 0 && ahead <= WINDOW;
  }

  boolean has(int seq) {
    return inWindow(seq) && slots[slot(seq)] != null;
  }

  /** The message of that number, null when it is not here. */
  @Nullable StoredFrame get(int seq) {
    return inWindow(seq) ? slots[slot(seq)] : null;
  }

  /** Keeps a message whose number is in the window and free. */
  void put(int seq, StoredFrame frame) {
    slots[slot(seq)] = frame;
  }

  /** Counts a token visit without this message and returns how many there were. */
  int countMiss(int seq) {
    int slot = slot(seq);
    if (misses[slot] < Byte.MAX_VALUE) {
      misses[slot]++;
    }
    return misses[slot];
  }

  /** Releases all messages up to a number; a number before the window changes nothing. */
  void releaseUpTo(int seq) {
    while (seq - released > 0) {
      released++;
      int slot = slot(released);
      StoredFrame frame = slots[slot];
      if (frame != null) {
        pool.giveBack(frame);
        slots[slot] = null;
      }
      misses[slot] = 0;
    }
  }

  /** Releases everything and begins anew with the message after that number. */
  void clear(int seq) {
    for (int slot = 0; slot < WINDOW; slot++) {
      StoredFrame frame = slots[slot];
      if (frame != null) {
        pool.giveBack(frame);
        slots[slot] = null;
      }
      misses[slot] = 0;
    }
    released = seq;
  }

  private static int slot(int seq) {
    return seq & (WINDOW - 1);
  }
}
