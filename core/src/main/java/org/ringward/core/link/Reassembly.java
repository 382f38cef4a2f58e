package org.ringward.core.link;

import org.jspecify.annotations.Nullable;
import org.ringward.core.wire.KnetPacket;

/**
 * Messages of one sender of which some fragments have arrived (reference/knet-wire.md, section 4):
 * at most 32, the one that waits longest makes room for a new one. Buffers are made when they are
 * needed first and kept.
 */
final class Reassembly {
  private static final int BUFFERS = 32;

  private final Buffer[] buffers = new Buffer[BUFFERS];
  private int used;
  private long clock;
  private byte[] completed = {};
  private int completedLength;

  /** One message. Fragments but the last are of equal size, so each has its place. */
  private static final class Buffer {
    final byte[] bytes = new byte[KnetPacket.MESSAGE_MAX];
    final long[] arrived = new long[4];
    long position;
    int fragments;
    int missing;
    long begun;

    /** Bytes of a fragment that is not the last, 0 when none has arrived. */
    int size;

    /** Bytes of the last fragment, 0 when it has not arrived; it waits at the end of the array. */
    int lastLength;

    void begin(long newPosition, int newFragments, long now) {
      position = newPosition;
      fragments = newFragments;
      missing = newFragments;
      begun = now;
      size = 0;
      lastLength = 0;
      for (int i = 0; i < arrived.length; i++) {
        arrived[i] = 0;
      }
    }

    boolean has(int fragment) {
      return (arrived[fragment >> 6] & 1L << fragment) != 0;
    }

    /** False when the fragment contradicts those before. */
    boolean put(int fragment, byte[] from, int offset, int length) {
      boolean fits =
          fragment == fragments
              ? putLast(from, offset, length)
              : putFull(fragment, from, offset, length);
      if (!fits) {
        return false;
      }
      arrived[fragment >> 6] |= 1L << fragment;
      missing--;
      return true;
    }

    private boolean putFull(int fragment, byte[] from, int offset, int length) {
      if (size == 0) {
        int least = Math.max(lastLength, 1);
        if (length < lastLength || (fragments - 1) * length + least > bytes.length) {
          return false;
        }
        size = length;
        moveLast();
      }
      if (length != size) {
        return false;
      }
      System.arraycopy(from, offset, bytes, (fragment - 1) * size, length);
      return true;
    }

    private boolean putLast(byte[] from, int offset, int length) {
      if (size > 0 && (length > size || (fragments - 1) * size + length > bytes.length)) {
        return false;
      }
      lastLength = length;
      System.arraycopy(from, offset, bytes, bytes.length - length, length);
      moveLast();
      return true;
    }

    private void moveLast() {
      if (size > 0 && lastLength > 0) {
        int place = (fragments - 1) * size;
        System.arraycopy(bytes, bytes.length - lastLength, bytes, place, lastLength);
      }
    }

    int length() {
      return (fragments - 1) * size + lastLength;
    }
  }

  /** What became of a fragment. */
  enum Outcome {
    /** More are missing. */
    KEPT,
    /** The message is whole: {@link #bytes} has it until the next call. */
    COMPLETE,
    /** It was here already. */
    REPEATED,
    /** It does not fit the others of its message. */
    MALFORMED
  }

  /**
   * Takes a fragment of a message of at least two.
   *
   * @param position tells the sender's messages apart, positive
   */
  Outcome fragment(
      long position, int fragments, int fragment, byte[] from, int offset, int length) {
    if (fragment < 1 || fragment > fragments || length < 1) {
      return Outcome.MALFORMED;
    }
    Buffer buffer = find(position);
    if (buffer == null) {
      buffer = free();
      buffer.begin(position, fragments, ++clock);
    } else if (buffer.fragments != fragments) {
      return Outcome.MALFORMED;
    } else if (buffer.has(fragment)) {
      return Outcome.REPEATED;
    }
    if (!buffer.put(fragment, from, offset, length)) {
      return Outcome.MALFORMED;
    }
    if (buffer.missing > 0) {
      return Outcome.KEPT;
    }
    buffer.position = 0;
    completed = buffer.bytes;
    completedLength = buffer.length();
    return Outcome.COMPLETE;
  }

  /** The array that has the message that was completed last, from its beginning on. */
  byte[] bytes() {
    return completed;
  }

  int length() {
    return completedLength;
  }

  /** Messages that wait for fragments. */
  int waiting() {
    int count = 0;
    for (int i = 0; i < used; i++) {
      count += buffers[i].position == 0 ? 0 : 1;
    }
    return count;
  }

  /** Gives up everything that is incomplete. */
  void forget() {
    for (int i = 0; i < used; i++) {
      buffers[i].position = 0;
    }
  }

  private @Nullable Buffer find(long position) {
    for (int i = 0; i < used; i++) {
      if (buffers[i].position == position) {
        return buffers[i];
      }
    }
    return null;
  }

  private Buffer free() {
    Buffer oldest = null;
    for (int i = 0; i < used; i++) {
      Buffer each = buffers[i];
      if (each.position == 0) {
        return each;
      }
      if (oldest == null || each.begun < oldest.begun) {
        oldest = each;
      }
    }
    if (oldest != null && used == BUFFERS) {
      return oldest;
    }
    Buffer made = new Buffer();
    buffers[used++] = made;
    return made;
  }
}
