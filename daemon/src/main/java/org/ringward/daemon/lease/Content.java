package org.ringward.daemon.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.ringward.ring.queue.LittleEndian;

/** What is written into a frame. */
final class Content {
  final byte[] bytes;
  int size;

  Content(int most) {
    bytes = new byte[most];
  }

  Content number(int value) {
    LittleEndian.putInt(bytes, size, value);
    size += Integer.BYTES;
    return this;
  }

  Content number(long value) {
    LittleEndian.putLong(bytes, size, value);
    size += Long.BYTES;
    return this;
  }

  Content text(String value) {
    byte[] encoded = value.getBytes(UTF_8);
    number(encoded.length);
    return raw(encoded);
  }

  Content rest(String value) {
    return raw(value.getBytes(UTF_8));
  }

  Content raw(byte[] encoded) {
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
    return this;
  }
}
