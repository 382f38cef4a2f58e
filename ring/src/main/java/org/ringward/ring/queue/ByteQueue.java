package org.ringward.ring.queue;

/**
 * Bytes between a socket and its user, in one array that grows as far as its owner lets it. For one
 * thread.
 */
public final class ByteQueue {
  private static final int SMALLEST = 16 * 1024;

  /** A larger array is given up once it is empty. */
  private static final int KEPT_MOST = 1024 * 1024;

  private final Allowance allowance;
  private byte[] bytes = {};
  private int from;
  private int until;

  /** Who says how much memory may be used. */
  public interface Allowance {
    /** Everything that is asked for. */
    Allowance ALL = _ -> true;

    /** Takes so many bytes more, or gives them back when negative; false when there are not. */
    boolean take(long bytes);
  }

  public ByteQueue(Allowance allowance) {
    this.allowance = allowance;
  }

  /** The array; another one after {@link #reserve} and {@link #remove}. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where in the array the bytes that wait begin. */
  public int from() {
    return from;
  }

  /** How many wait. */
  public int size() {
    return until - from;
  }

  /** Where in the array there is room. */
  public int until() {
    return until;
  }

  /** How much room there is. */
  public int room() {
    return bytes.length - until;
  }

  /** Makes room for so many bytes more; false when that is not allowed. */
  public boolean reserve(int more) {
    if (room() >= more) {
      return true;
    }
    int size = size();
    if (from > 0 && (long) size + more <= bytes.length && size <= bytes.length / 2) {
      System.arraycopy(bytes, from, bytes, 0, size);
    } else {
      long length = Math.max(SMALLEST, Math.max(2L * bytes.length, (long) size + more));
      if (length > Integer.MAX_VALUE - 16 || !allowance.take(length - bytes.length)) {
        return false;
      }
      byte[] grown = new byte[(int) length];
      System.arraycopy(bytes, from, grown, 0, size);
      bytes = grown;
    }
    from = 0;
    until = size;
    return true;
  }

  /** So many bytes have been written behind {@link #until}. */
  public void added(int count) {
    until += count;
  }

  /** So many bytes at {@link #from} are not needed any more. */
  public void remove(int count) {
    from += count;
    if (from == until) {
      from = 0;
      until = 0;
      if (bytes.length > KEPT_MOST) {
        release();
      }
    }
  }

  /** Throws everything away. */
  public void release() {
    allowance.take(-bytes.length);
    bytes = new byte[0];
    from = 0;
    until = 0;
  }
}
