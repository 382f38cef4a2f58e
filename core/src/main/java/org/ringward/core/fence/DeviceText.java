package org.ringward.core.fence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How device attributes write lists and maps of nodes (reference/ecosystem.md, A4). */
final class DeviceText {
  private DeviceText() {}

  /** Names separated by commas, semicolons or white space. */
  static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split("[\\s,;]+", -1)) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Pairs such as {@code node1:1;node2:2,3}: node and value are separated by a colon or an equals
   * sign, pairs by semicolons or white space; a backslash takes the next character as it is. Names
   * are kept as written. Text without separator is no pair and is left out.
   */
  static Map<String, String> pairs(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    StringBuilder part = new StringBuilder();
    String name = null;
    // A separator behind the end closes the last pair.
    String closed = text + ';';
    for (int i = 0; i < closed.length(); i++) {
      char c = closed.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        i++;
        part.append(closed.charAt(i));
      } else if ((c == ':' || c == '=') && name == null) {
        name = part.toString();
        part.setLength(0);
      } else if (c == ';' || Character.isWhitespace(c)) {
        if (name != null && !name.isEmpty() && !part.isEmpty()) {
          pairs.put(name, part.toString());
        }
        name = null;
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    return pairs;
  }

  /** The value for a node; node names do not distinguish upper and lower case. */
  static String value(Map<String, String> pairs, String node, String otherwise) {
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      if (pair.getKey().equalsIgnoreCase(node)) {
        return pair.getValue();
      }
    }
    return otherwise;
  }

  static boolean contains(Iterable<String> names, String node) {
    for (String name : names) {
      if (name.equalsIgnoreCase(node)) {
        return true;
      }
    }
    return false;
  }

  static boolean hasKey(Map<String, String> pairs, String node) {
    return contains(pairs.keySet(), node);
  }
}
