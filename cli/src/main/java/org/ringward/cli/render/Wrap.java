package org.ringward.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks running text into lines at its spaces. */
final class Wrap {
  /** Reads well and fits every terminal. */
  static final int WIDTH = 88;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private Wrap() {}

  /** Lines of at most that width, unless a single word is longer; every line has the indent. */
  static List<String> lines(String text, String indent, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : SPACE.split(text.strip(), 0)) {
      boolean empty = line.length() == indent.length();
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(indent);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
