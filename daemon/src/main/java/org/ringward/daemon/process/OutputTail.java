package org.ringward.daemon.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Reads a pipe to its end and keeps the last bytes of it. */
final class OutputTail implements Runnable {
  static final int BYTES_MOST = 64 * 1024;

  private final InputStream pipe;

  /** Grows up to the limit, then is a ring: the oldest byte is at the write position. */
  private byte[] kept = new byte[1024];

  private long readBytes;
  private boolean ended;

  OutputTail(InputStream pipe) {
    this.pipe = pipe;
  }

  @Override
  public void run() {
    byte[] chunk = new byte[8192];
    try {
      for (int count = pipe.read(chunk); count >= 0; count = pipe.read(chunk)) {
        keep(chunk, count);
      }
    } catch (IOException e) {
      // The JDK closes the pipe when the program has ended: the end, like any other.
    } finally {
      end();
    }
  }

  private synchronized void keep(byte[] chunk, int count) {
    if (kept.length < BYTES_MOST && readBytes + count > kept.length) {
      long wanted = Math.max(readBytes + count, 2L * kept.length);
      kept = Arrays.copyOf(kept, (int) Math.min(BYTES_MOST, wanted));
    }
    for (int at = 0; at < count; at++) {
      kept[(int) ((readBytes + at) % kept.length)] = chunk[at];
    }
    readBytes += count;
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  /**
   * Waits until the pipe has ended. A grandchild may hold it open for ever; then until nothing more
   * has come for the quiet time, or the longest time is over.
   */
  synchronized void awaitEnd(long quietMillis, long longestMillis) throws InterruptedException {
    long now = System.nanoTime();
    long end = now + TimeUnit.MILLISECONDS.toNanos(longestMillis);
    long quiet = TimeUnit.MILLISECONDS.toNanos(quietMillis);
    long quietEnd = now + quiet;
    long seen = readBytes;
    while (!ended && now - end < 0 && now - quietEnd < 0) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.min(end, quietEnd) - now);
      now = System.nanoTime();
      if (readBytes != seen) {
        seen = readBytes;
        quietEnd = now + quiet;
      }
    }
  }

  /** What is kept, as UTF-8; broken sequences become replacement characters. */
  synchronized String text() {
    if (readBytes <= kept.length) {
      return new String(kept, 0, (int) readBytes, StandardCharsets.UTF_8);
    }
    byte[] ordered = new byte[kept.length];
    int oldest = (int) (readBytes % kept.length);
    System.arraycopy(kept, oldest, ordered, 0, kept.length - oldest);
    System.arraycopy(kept, 0, ordered, kept.length - oldest, oldest);
    return new String(ordered, StandardCharsets.UTF_8);
  }
}
