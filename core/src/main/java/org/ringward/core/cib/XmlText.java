package org.ringward.core.cib;

/**
 * A tree of {@link Element}s to text. Characters that XML 1.0 cannot carry (most control
 * characters) become U+FFFD, so that what was written can always be read.
 */
final class XmlText {
  private static final char REPLACEMENT = '\uFFFD';

  private XmlText() {}

  /** Indented by two spaces, with a final newline, without an XML declaration. */
  static String indented(Element element) {
    StringBuilder out = new StringBuilder();
    append(out, element, 0);
    return out.toString();
  }

  private static void append(StringBuilder out, Element element, int depth) {
    out.repeat(' ', 2 * depth).append('<').append(element.name());
    element
        .attributes()
        .map()
        .forEach((name, value) -> {
          out.append(' ').append(name).append("=\"");
          escape(out, value, true);
          out.append('"');
        });
    if (element.children().isEmpty() && element.text().isEmpty()) {
      out.append("/>\n");
      return;
    }
    out.append('>');
    escape(out, element.text(), false);
    if (!element.children().isEmpty()) {
      out.append('\n');
      for (Element child : element.children()) {
        append(out, child, depth + 1);
      }
      out.repeat(' ', 2 * depth);
    }
    out.append("</").append(element.name()).append(">\n");
  }

  /** Appends text so that a parser gives back the same characters. */
  static void escape(StringBuilder out, String text, boolean attribute) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append(attribute ? "&quot;" : "\"");
        case '\t' -> out.append(attribute ? "&#9;" : "\t");
        case '\n' -> out.append(attribute ? "&#10;" : "\n");
        case '\r' -> out.append("&#13;");
        default -> {
          if (isXmlCharacter(c)) {
            out.appendCodePoint(c);
          } else {
            out.append(REPLACEMENT);
          }
        }
      }
    }
  }

  /** Whether every character can be written and read again. */
  static boolean isWritable(String text) {
    return text.codePoints()
        .allMatch(c -> isXmlCharacter(c) || c == '\n' || c == '\t' || c == '\r');
  }

  /** Above the control characters: XML 1.0, production 2. */
  private static boolean isXmlCharacter(int c) {
    return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
  }
}
