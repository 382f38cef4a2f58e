package org.ringward.ring.queue;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way from any thread to one that takes them out. Two arrays that change places:
 * threads append to one under the lock, the taker goes through the other without it, so a frame
 * costs one copy and the lock once, and the taker the lock once for many frames.
 *
 * <p>A frame is its whole length, a kind and a number, four bytes each, little endian, and bytes of
 * any content; as in docs/client-protocol.md, so that the array can go out as it is.
 */
public final class FrameQueue {
  /** Length of what is in front of a frame's bytes. */
  public static final int HEAD = 3 * Integer.BYTES;

  /** More does not wait here; one frame is always taken when none waits. */
  private static final int WAITING_MOST = 256 * 1024;

  private static final int SMALLEST = 16 * 1024;

  /** A larger array is given up once it is empty. */
  private static final int KEPT_MOST = 1024 * 1024;

  private static final int KIND = Integer.BYTES;
  private static final int NUMBER = 2 * Integer.BYTES;
  private static final byte[] NOTHING = {};

  private byte[] filling = new byte[SMALLEST];
  private int filled;
  private int waiters;
  private volatile @Nullable String closedReason;

  private byte[] draining = new byte[SMALLEST];
  private int drained;
  private int drainEnd;

  /** Whether nothing waits in the array that is being filled; a hint for the taker. */
  private volatile boolean empty = true;

  /**
   * Appends a frame.
   *
   * @param nanos how long to wait for room; 0 for not at all
   * @return false when there was no room in that time, or the queue is closed
   */
  public synchronized boolean add(
      int kind, int number, byte[] bytes, int offset, int length, long nanos)
      throws InterruptedException {
    if (!hasRoom(length) && !awaitRoom(length, nanos)) {
      return false;
    }
    append(kind, number, bytes, offset, length);
    return true;
  }

  /** The same without waiting. */
  public synchronized boolean tryAdd(int kind, int number, byte[] bytes, int offset, int length) {
    if (!hasRoom(length)) {
      return false;
    }
    append(kind, number, bytes, offset, length);
    return true;
  }

  /** Appends a frame for which there is always room; false when the queue is closed. */
  public synchronized boolean addAnyway(int kind, int number, byte[] bytes) {
    if (closedReason != null) {
      return false;
    }
    append(kind, number, bytes, 0, bytes.length);
    return true;
  }

  /** The same without bytes. */
  public boolean addAnyway(int kind, int number) {
    return addAnyway(kind, number, NOTHING);
  }

  private boolean hasRoom(int length) {
    return closedReason == null && (filled == 0 || filled + HEAD + length <= WAITING_MOST);
  }

  private boolean awaitRoom(int length, long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    waiters++;
    try {
      while (!hasRoom(length)) {
        long left = until - System.nanoTime();
        if (left <= 0 || closedReason != null) {
          return false;
        }
        // A shorter one would round down to a wait without end.
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
      }
      return true;
    } finally {
      waiters--;
    }
  }

  private void append(int kind, int number, byte[] bytes, int offset, int length) {
    int end = filled + HEAD + length;
    if (end > filling.length) {
      byte[] grown = new byte[Math.max(end, 2 * filling.length)];
      System.arraycopy(filling, 0, grown, 0, filled);
      filling = grown;
    }
    LittleEndian.putInt(filling, filled, HEAD + length);
    LittleEndian.putInt(filling, filled + KIND, kind);
    LittleEndian.putInt(filling, filled + NUMBER, number);
    System.arraycopy(bytes, offset, filling, filled + HEAD, length);
    filled = end;
    empty = false;
  }

  /** Nothing more is accepted, and those who wait go on. */
  public synchronized void close(String reason) {
    if (closedReason == null) {
      closedReason = reason;
      notifyAll();
    }
  }

  /** Why nothing is accepted any more, null while something is. */
  public @Nullable String closedReason() {
    return closedReason;
  }

  /** Whether something has been added that the taker has not seen. Any thread may ask. */
  public boolean mayHaveNext() {
    return !empty;
  }

  // ---- the taker ----

  /** Whether something is there for the methods below to tell. */
  public boolean hasNext() {
    return drained < drainEnd || (!empty && swap());
  }

  private synchronized boolean swap() {
    byte[] other = draining.length > KEPT_MOST ? new byte[SMALLEST] : draining;
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

  /** The kind of the next frame. */
  public int kind() {
    return LittleEndian.getInt(draining, drained + KIND);
  }

  /** The number of the next frame. */
  public int number() {
    return LittleEndian.getInt(draining, drained + NUMBER);
  }

  /** The length of the next frame's bytes. */
  public int length() {
    return LittleEndian.getInt(draining, drained) - HEAD;
  }

  /** The array with the next frames. */
  public byte[] bytes() {
    return draining;
  }

  /** Where in {@link #bytes} the bytes of the next frame begin. */
  public int offset() {
    return drained + HEAD;
  }

  /** The next frame has been dealt with. */
  public void remove() {
    drained += HEAD + length();
  }

  /** Where in {@link #bytes} whole frames begin that can be taken at once. */
  public int from() {
    return drained;
  }

  /** How long they are together. */
  public int available() {
    return drainEnd - drained;
  }

  /** So many bytes of them have been dealt with; the rest of a frame may follow later. */
  public void advance(int count) {
    drained += count;
  }
}
