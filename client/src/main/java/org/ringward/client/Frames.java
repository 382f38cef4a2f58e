package org.ringward.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The frames of docs/leases.md. */
final class Frames {
  static final int MAGIC = 0x534C5752;
  static final int VERSION = 1;
  static final int HEAD = 12;

  /** No frame of a daemon is longer. */
  static final int LONGEST = 512 * 1024;

  static final int HELLO = 1;
  static final int OPEN = 2;
  static final int RENEW = 3;
  static final int RELEASE = 4;
  static final int READ_ONLY = 5;
  static final int ONLINE = 6;
  static final int RECOVERED = 7;
  static final int JOIN = 8;
  static final int LEAVE = 9;
  static final int SAY = 10;

  static final int WELCOME = 17;
  static final int WAITING = 18;
  static final int HELD = 19;
  static final int PEER = 20;
  static final int SUSPEND = 21;
  static final int RECOVER = 22;
  static final int RESUME = 23;
  static final int READS = 24;
  static final int LOST = 25;
  static final int REFUSED = 27;
  static final int ENDED = 28;
  static final int MEMBERS = 29;
  static final int MESSAGE = 30;
  static final int PAUSED = 31;
  static final int RESUMED = 32;
  static final int OUT = 33;

  private Frames() {}

  static ByteBuffer empty(int kind, int number) {
    return frame(kind, number, 0).flip();
  }

  static ByteBuffer hello() {
    return frame(HELLO, 0, 8).putInt(MAGIC).putInt(VERSION).flip();
  }

  static ByteBuffer open(int number, String resource, Mode mode, long lease, long stop) {
    byte[] name = resource.getBytes(UTF_8);
    return frame(OPEN, number, 12 + name.length)
        .putInt(mode.number())
        .putInt((int) lease)
        .putInt((int) stop)
        .put(name)
        .flip();
  }

  static ByteBuffer release(int number, boolean inOrder) {
    return frame(RELEASE, number, 4).putInt(inOrder ? 0 : 1).flip();
  }

  static ByteBuffer text(int kind, int number, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return frame(kind, number, bytes.length).put(bytes).flip();
  }

  static ByteBuffer say(int number, byte[] bytes) {
    return frame(SAY, number, bytes.length).put(bytes).flip();
  }

  static ByteBuffer recovered(int number, long token) {
    return frame(RECOVERED, number, 8).putLong(token).flip();
  }

  private static ByteBuffer frame(int kind, int number, int content) {
    return ByteBuffer.allocate(HEAD + content)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(HEAD + content)
        .putInt(kind)
        .putInt(number);
  }

  static String rest(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return new String(bytes, UTF_8);
  }

  static String text(ByteBuffer content) {
    byte[] bytes = new byte[content.getInt()];
    content.get(bytes);
    return new String(bytes, UTF_8);
  }
}
