package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps, lists and texts to YAML: short ones on one line, long ones on lines of their own. Names and
 * values are quoted where YAML would read them as something else than text.
 */
final class YamlText {
  private static final int WIDTH = 90;

  /** Texts that need no quotes anywhere in YAML; what looks like null is not among them. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_./+-](?:[A-Za-z0-9_./+%@:-]*[A-Za-z0-9_./+%@-])?");

  private static final Pattern NULLS = Pattern.compile("null|Null|NULL|[-.]+|---.*|\\.\\.\\..*");

  private final StringBuilder out = new StringBuilder();

  private YamlText() {}

  /** Text that is written as a block, line by line; it must end with a newline. */
  record Block(String text) {}

  /** A map that is written on lines of its own even when it is short. */
  record Rows(Map<String, ?> map) {}

  /**
   * A document. Values are {@code Map<String, ?>}, {@code List<?>}, String, {@link Rows} or {@link
   * Block}.
   */
  static String document(Map<String, ?> top) {
    YamlText text = new YamlText();
    text.map(top, 0);
    return text.out.isEmpty() ? "{}\n" : text.out.toString();
  }

  private void map(Map<?, ?> map, int indent) {
    map.forEach((key, value) -> {
      pad(indent);
      out.append(scalar((String) key)).append(':');
      value(value, indent + 2, indent + ((String) key).length() + 2);
    });
  }

  /**
   * What follows a key or a dash.
   *
   * @param column where the value would begin on this line
   */
  private void value(Object value, int indent, int column) {
    if (value instanceof Block block) {
      block(block.text(), indent);
      return;
    }
    String flow = flow(value);
    if (flow != null && (column + flow.length() <= WIDTH || value instanceof String)) {
      out.append(' ').append(flow).append('\n');
      return;
    }
    out.append('\n');
    switch (value) {
      case Map<?, ?> map -> map(map, indent);
      case Rows rows -> map(rows.map(), indent);
      case List<?> list -> list(list, indent);
      default -> throw new IllegalArgumentException("no form for " + value.getClass());
    }
  }

  private void list(List<?> list, int indent) {
    for (Object each : list) {
      pad(indent);
      out.append('-');
      String flow = flow(each);
      boolean fits = flow != null && indent + 2 + flow.length() <= WIDTH;
      Map<?, ?> map =
          switch (each) {
            case Rows rows -> rows.map();
            case Map<?, ?> it when !fits -> it;
            default -> null;
          };
      if (map != null) {
        // The first key stands beside the dash, the others below it.
        int start = out.length();
        map(map, indent + 2);
        out.replace(start, start + indent + 2, " ");
      } else {
        value(each, indent + 2, indent + 2);
      }
    }
  }

  private void block(String text, int indent) {
    out.append(" |\n");
    text.lines()
        .forEach(line -> {
          if (!line.isEmpty()) {
            pad(indent);
          }
          out.append(line).append('\n');
        });
  }

  /** On one line, null when it has to be on several. */
  private static @Nullable String flow(Object value) {
    return switch (value) {
      case String text -> scalar(text);
      case Rows rows when rows.map().isEmpty() -> "{}";
      case Map<?, ?> map -> flowMap(map);
      case List<?> list -> flowList(list);
      default -> null;
    };
  }

  private static @Nullable String flowMap(Map<?, ?> map) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<?, ?> each : map.entrySet()) {
      String value = flow(each.getValue());
      if (value == null) {
        return null;
      }
      parts.add(scalar((String) each.getKey()) + ": " + value);
    }
    return "{" + String.join(", ", parts) + "}";
  }

  private static @Nullable String flowList(List<?> list) {
    List<String> parts = new ArrayList<>();
    for (Object each : list) {
      if (!(each instanceof String text)) {
        return null;
      }
      parts.add(scalar(text));
    }
    return "[" + String.join(", ", parts) + "]";
  }

  static String scalar(String text) {
    if (PLAIN.matcher(text).matches() && !NULLS.matcher(text).matches()) {
      return text;
    }
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            case '\r' -> quoted.append("\\r");
            default -> {
              if (isPrintable(c)) {
                quoted.appendCodePoint(c);
              } else {
                quoted.append("\\U%08x".formatted(c));
              }
            }
          }
        });
    return quoted.append('"').toString();
  }

  /** Whether a character may stand in YAML as it is. */
  static boolean isPrintable(int c) {
    return (c >= 0x20 && c <= 0x7e)
        || (c >= 0xa0 && c <= 0xd7ff && c != 0x2028 && c != 0x2029)
        || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff)
        || c >= 0x10000;
  }

  private void pad(int indent) {
    out.repeat(' ', indent);
  }
}
