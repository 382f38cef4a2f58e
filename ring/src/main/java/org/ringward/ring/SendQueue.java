package org.ringward.ring;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Messages on their way from any thread to the ring's. Two arrays that change places: threads
 * append to one under the lock, the ring's thread goes through the other without it, so a message
 * costs one copy and the lock once, and the ring's thread the lock once for many messages.
 *
 * <p>An entry is the number of the membership, the length, and the bytes; a length of {@link
 * #LEAVE} is an order to leave.
 */
final class SendQueue {
  static final int LEAVE = -1;

  private static final int HEAD = 2 * Integer.BYTES;

  /** More does not wait here; one message is always taken when none waits. */
  private static final int WAITING_MOST = 256 * 1024;

  /** A larger array is given up once it is empty. */
  private static final int KEPT_MOST = 1024 * 1024;

  private byte[] filling = new byte[16 * 1024];
  private int filled;
  private @Nullable String closedReason;
  private int waiters;

  private byte[] draining = new byte[16 * 1024];
  private int drained;
  private int drainEnd;

  /** Whether nothing waits in the array that is being filled; a hint for the ring's thread. */
  private volatile boolean empty = true;

  /**
   * Appends an entry.
   *
   * @param nanos how long to wait for room; 0 for not at all
   * @return false when there was no room
   * @throws RingException when the queue is closed
   */
  synchronized boolean add(int number, byte[] bytes, int offset, int length, long nanos)
      throws InterruptedException {
    if (!hasRoom(length) && !awaitRoom(length, nanos)) {
      return false;
    }
    append(number, bytes, offset, length, length);
    return true;
  }

  /** The same without waiting. */
  synchronized boolean tryAdd(int number, byte[] bytes, int offset, int length) {
    if (!hasRoom(length)) {
      return false;
    }
    append(number, bytes, offset, length, length);
    return true;
  }

  /** Appends an order to leave, for which there is always room. */
  synchronized void addLeave(int number) {
    if (closedReason == null) {
      append(number, new byte[0], 0, 0, LEAVE);
    }
  }

  private boolean hasRoom(int length) {
    if (closedReason != null) {
      throw new RingException(closedReason);
    }
    return filled == 0 || filled + HEAD + length <= WAITING_MOST;
  }

  private boolean awaitRoom(int length, long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    waiters++;
    try {
      while (!hasRoom(length)) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      }
      return true;
    } finally {
      waiters--;
    }
  }

  private void append(int number, byte[] bytes, int offset, int length, int toldLength) {
    int end = filled + HEAD + length;
    if (end > filling.length) {
      byte[] grown = new byte[Math.max(end, 2 * filling.length)];
      System.arraycopy(filling, 0, grown, 0, filled);
      filling = grown;
    }
    Ints.put(filling, filled, number);
    Ints.put(filling, filled + Integer.BYTES, toldLength);
    System.arraycopy(bytes, offset, filling, filled + HEAD, length);
    filled = end;
    empty = false;
  }

  /** Nothing more is accepted, and those who wait are told why. */
  synchronized void close(String reason) {
    if (closedReason == null) {
      closedReason = reason;
      notifyAll();
    }
  }

  // ---- the ring's thread ----

  /** Whether an entry is there for {@link #number} and the others to tell. */
  boolean hasNext() {
    return drained < drainEnd || (!empty && swap());
  }

  private synchronized boolean swap() {
    byte[] other = draining.length > KEPT_MOST ? new byte[16 * 1024] : draining;
    draining = filling;
    drained = 0;
    drainEnd = filled;
    filling = other;
    filled = 0;
    empty = true;
    if (waiters > 0) {
      notifyAll();
    }
    return drainEnd > 0;
  }

  /** The membership of the next entry. */
  int number() {
    return Ints.get(draining, drained);
  }

  /** The length of the next message, or {@link #LEAVE}. */
  int length() {
    return Ints.get(draining, drained + Integer.BYTES);
  }

  /** The array with the bytes of the next message. */
  byte[] bytes() {
    return draining;
  }

  /** Where in {@link #bytes} the next message begins. */
  int offset() {
    return drained + HEAD;
  }

  /** The next entry has been dealt with. */
  void remove() {
    drained += HEAD + Math.max(0, length());
  }
}
