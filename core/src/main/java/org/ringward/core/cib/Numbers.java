package org.ringward.core.cib;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Decimal integers in attributes. */
final class Numbers {
  private Numbers() {}

  /** Empty when it is no decimal integer or too large for a long. */
  static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  static long longOr(@Nullable String text, long otherwise) {
    return text == null ? otherwise : parse(text).orElse(otherwise);
  }

  /** As {@link #longOr}; what does not fit an int is {@code otherwise}. */
  static int intOr(@Nullable String text, int otherwise) {
    long value = longOr(text, otherwise);
    return value == (int) value ? (int) value : otherwise;
  }
}
