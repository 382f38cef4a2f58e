package org.ringward.core.control;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link MessageWriter} wrote; anything that does not fit is a {@link
 * MalformedMessageException}.
 */
final class MessageReader {
  private final byte[] bytes;
  private final int end;
  private int at;

  MessageReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  int u8() {
    need(1);
    return bytes[at++] & 0xff;
  }

  boolean flag() {
    return u8() != 0;
  }

  int i32() {
    need(4);
    return (u8() << 24) | (u8() << 16) | (u8() << 8) | u8();
  }

  long i64() {
    return ((long) i32() << 32) | (i32() & 0xffffffffL);
  }

  String text() {
    int length = i32();
    need(length);
    String value = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return value;
  }

  @Nullable String optional() {
    return flag() ? text() : null;
  }

  <T> List<T> list(Function<MessageReader, T> each) {
    int count = i32();
    need(count);
    List<T> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(each.apply(this));
    }
    return values;
  }

  List<String> texts() {
    return list(MessageReader::text);
  }

  Map<String, String> map() {
    int count = i32();
    need(count);
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      values.put(text(), text());
    }
    return values;
  }

  /** A constant by its name. */
  <E extends Enum<E>> E constant(E[] constants) {
    String name = text();
    for (E each : constants) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new MalformedMessageException("unknown constant " + name);
  }

  void end() {
    if (at != end) {
      throw new MalformedMessageException((end - at) + " bytes too many");
    }
  }

  /**
   * Every element takes at least a byte, so a count or length beyond what is left is refused before
   * allocation.
   */
  private void need(int count) {
    if (count < 0 || count > end - at) {
      throw new MalformedMessageException("needs " + count + " bytes, has " + (end - at));
    }
  }
}
