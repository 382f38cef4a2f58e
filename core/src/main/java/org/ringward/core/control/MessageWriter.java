package org.ringward.core.control;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the bodies of cluster messages: big-endian numbers, length-prefixed UTF-8 strings. */
final class MessageWriter {
  private byte[] bytes = new byte[256];
  private int size;

  MessageWriter u8(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
    return this;
  }

  MessageWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  MessageWriter i32(int value) {
    return u8(value >>> 24).u8(value >>> 16).u8(value >>> 8).u8(value);
  }

  MessageWriter i64(long value) {
    return i32((int) (value >>> 32)).i32((int) value);
  }

  MessageWriter text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    i32(encoded.length);
    ensure(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
    return this;
  }

  MessageWriter optional(@Nullable String value) {
    flag(value != null);
    return value == null ? this : text(value);
  }

  <T> MessageWriter list(List<T> values, BiConsumer<MessageWriter, T> each) {
    i32(values.size());
    values.forEach(value -> each.accept(this, value));
    return this;
  }

  MessageWriter texts(List<String> values) {
    return list(values, MessageWriter::text);
  }

  MessageWriter map(Map<String, String> values) {
    i32(values.size());
    values.forEach((name, value) -> text(name).text(value));
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
    }
  }
}
