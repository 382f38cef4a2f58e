package org.ringward.core.cib;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Truth values as people write them (reference/ecosystem.md, A10). */
public final class Booleans {
  private Booleans() {}

  /** 1, yes, y, on, true and 0, no, n, off, false in any case; empty when it is none of these. */
  public static Optional<Boolean> parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "1", "yes", "y", "on", "true" -> Optional.of(true);
      case "0", "no", "n", "off", "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** True when the value says so; unset or anything else is false. */
  public static boolean isTrue(@Nullable String value) {
    return isTrue(value, false);
  }

  /** What the value says; unset or anything that is no truth value is {@code otherwise}. */
  public static boolean isTrue(@Nullable String value, boolean otherwise) {
    return value == null ? otherwise : parse(value).orElse(otherwise);
  }
}
