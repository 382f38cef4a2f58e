package org.ringward.ring.witness;

/**
 * Bytes on their way to the thread that writes them to a connection. Two arrays that change places:
 * one is filled while the other is written, and nothing is allocated once both have grown.
 */
final class Outgoing {
  /** Instead of a number of bytes: what was put before is out, and TLS is to begin. */
  static final int UPGRADE = -1;

  /** Instead of a number of bytes: what was put before is out, and nothing follows. */
  static final int END = -2;

  /** More than that the other side does not take. */
  private static final int WAITING_MOST = 128 * 1024;

  private static final int SMALLEST = 4096;

  private byte[] filling = new byte[SMALLEST];
  private byte[] writing = new byte[SMALLEST];
  private int filled;
  private boolean upgrade;
  private boolean ended;

  /** Appends a copy; false when too much waits. */
  synchronized boolean add(byte[] bytes, int offset, int length) {
    int end = filled + length;
    if (end > WAITING_MOST) {
      return false;
    }
    if (end > filling.length) {
      byte[] grown = new byte[Math.max(end, 2 * filling.length)];
      System.arraycopy(filling, 0, grown, 0, filled);
      filling = grown;
    }
    System.arraycopy(bytes, offset, filling, filled, length);
    filled = end;
    notifyAll();
    return true;
  }

  /** TLS begins once everything is out. */
  synchronized void upgrade() {
    upgrade = true;
    notifyAll();
  }

  /** The end, once everything is out. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Waits for something to write: so many of {@link #bytes}, {@link #UPGRADE} or {@link #END}. */
  synchronized int take() throws InterruptedException {
    while (filled == 0 && !upgrade && !ended) {
      wait();
    }
    if (filled == 0) {
      boolean first = upgrade;
      upgrade = false;
      return first ? UPGRADE : END;
    }
    byte[] full = filling;
    filling = writing;
    writing = full;
    int count = filled;
    filled = 0;
    return count;
  }

  /** What {@link #take} has given, until it is called again. */
  byte[] bytes() {
    return writing;
  }
}
