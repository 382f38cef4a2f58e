package org.ringward.daemon.adminsocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Semaphore;

/** Length and bytes on a stream socket. */
final class AdminFrames {
  static final int REQUEST_MOST_BYTES = 8 * 1024 * 1024;
  static final int REPLY_MOST_BYTES = 64 * 1024 * 1024;

  /** Larger requests are read one after the other, so that they fit the heap together. */
  private static final int SMALL_BYTES = 64 * 1024;

  private static final Semaphore LARGE = new Semaphore(1, true);

  /** One transfer; the JDK takes a native buffer of that size for it. */
  private static final int STEP_BYTES = 64 * 1024;

  private AdminFrames() {}

  /** A length that is not allowed. */
  static final class BadLength extends Exception {
    private static final long serialVersionUID = 1;

    BadLength(String sentence) {
      super(sentence);
    }
  }

  /** Does something with a frame. */
  interface Taker {
    void take(byte[] bytes) throws IOException;
  }

  /** Reads one frame; false when the peer has hung up instead. */
  static boolean read(SocketChannel channel, Taker taker)
      throws IOException, BadLength, InterruptedException {
    byte[] head = new byte[Integer.BYTES];
    if (!full(channel, head)) {
      return false;
    }
    int length = ByteBuffer.wrap(head).getInt();
    if (length <= 0 || length > REQUEST_MOST_BYTES) {
      String sentence = "the request's length is " + Integer.toUnsignedString(length);
      throw new BadLength(sentence + " bytes; allowed: 1 to " + REQUEST_MOST_BYTES);
    }
    boolean large = length > SMALL_BYTES;
    if (large) {
      LARGE.acquire();
    }
    try {
      byte[] body = new byte[length];
      boolean whole = full(channel, body);
      if (whole) {
        taker.take(body);
      }
      return whole;
    } finally {
      if (large) {
        LARGE.release();
      }
    }
  }

  /** Fills the array; false when the peer hung up before. */
  private static boolean full(SocketChannel channel, byte[] target) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(target);
    for (int at = 0; at < target.length; at = bytes.position()) {
      bytes.limit(Math.min(target.length, at + STEP_BYTES));
      if (channel.read(bytes) < 0) {
        return false;
      }
    }
    return true;
  }

  static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip();
    while (head.hasRemaining()) {
      channel.write(head);
    }
    ByteBuffer body = ByteBuffer.wrap(bytes);
    for (int at = 0; at < bytes.length; at = body.position()) {
      body.limit(Math.min(bytes.length, at + STEP_BYTES));
      channel.write(body);
    }
  }
}
