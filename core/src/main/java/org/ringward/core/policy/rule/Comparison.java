package org.ringward.core.policy.rule;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an expression compares two values: as strings, integers, numbers or versions. */
final class Comparison {
  private Comparison() {}

  /**
   * Whether the operation holds between the value found and the value asked for.
   *
   * @param type null for the default: string where equality is asked for; where order is, number
   *     when one of the two has a decimal point, else integer
   */
  static boolean holds(
      String operation, @Nullable String type, @Nullable String actual, @Nullable String wanted) {
    return switch (operation.toLowerCase(Locale.ROOT)) {
      case "defined" -> actual != null;
      case "not_defined" -> actual == null;
      case "eq" -> equal(type, actual, wanted);
      case "ne" -> !equal(type, actual, wanted);
      case "lt" -> actual != null && wanted != null && order(type, actual, wanted) < 0;
      case "lte" -> actual != null && wanted != null && order(type, actual, wanted) <= 0;
      case "gt" -> actual != null && wanted != null && order(type, actual, wanted) > 0;
      case "gte" -> actual != null && wanted != null && order(type, actual, wanted) >= 0;
      default -> false;
    };
  }

  private static boolean equal(
      @Nullable String type, @Nullable String actual, @Nullable String wanted) {
    if (actual == null || wanted == null) {
      return actual == null && wanted == null;
    }
    return compare(type == null ? "string" : type, actual, wanted) == 0;
  }

  private static int order(@Nullable String type, String actual, String wanted) {
    if (type != null) {
      return compare(type, actual, wanted);
    }
    boolean decimal = actual.indexOf('.') >= 0 || wanted.indexOf('.') >= 0;
    return compare(decimal ? "number" : "integer", actual, wanted);
  }

  /** What is no number is compared as a string, without regard to case. */
  private static int compare(String type, String actual, String wanted) {
    switch (type.toLowerCase(Locale.ROOT)) {
      case "version" -> {
        return versions(actual, wanted);
      }
      case "integer", "number" -> {
        Double left = decimal(actual);
        Double right = decimal(wanted);
        if (left != null && right != null) {
          return type.equalsIgnoreCase("integer")
              ? Long.compare(left.longValue(), right.longValue())
              : Double.compare(left, right);
        }
      }
      default -> {}
    }
    return actual.compareToIgnoreCase(wanted);
  }

  private static @Nullable Double decimal(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || Character.isLetter(stripped.charAt(stripped.length() - 1))) {
      return null; // Java would take 1d and 1f for numbers
    }
    try {
      return Double.valueOf(stripped);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /** Number by number; a missing one counts as zero. */
  private static int versions(String left, String right) {
    String[] a = left.split("\\.", -1);
    String[] b = right.split("\\.", -1);
    for (int i = 0; i < Math.max(a.length, b.length); i++) {
      int order =
          Long.compare(
              i < a.length ? leadingNumber(a[i]) : 0, i < b.length ? leadingNumber(b[i]) : 0);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static long leadingNumber(String part) {
    long value = 0;
    for (int i = 0; i < part.length() && Character.isDigit(part.charAt(i)); i++) {
      value = Math.min(value * 10 + Character.digit(part.charAt(i), 10), Integer.MAX_VALUE);
    }
    return value;
  }
}
