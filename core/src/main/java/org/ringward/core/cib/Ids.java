package org.ringward.core.cib;

/** Ids of elements: names of XML without a colon (reference/ecosystem.md, A10). */
final class Ids {
  private Ids() {}

  /** The text as an id: what may not be in one becomes a dot; a bad first character a leading _. */
  static String of(String text) {
    StringBuilder id = new StringBuilder();
    text.codePoints().forEach(c -> id.appendCodePoint(isPart(c) ? c : '.'));
    return id.isEmpty() || !isStart(id.codePointAt(0)) ? "_" + id : id.toString();
  }

  static boolean isId(String text) {
    return !text.isEmpty()
        && isStart(text.codePointAt(0))
        && text.codePoints().allMatch(Ids::isPart);
  }

  private static boolean isStart(int c) {
    return c == '_' || Character.isLetter(c);
  }

  private static boolean isPart(int c) {
    return isStart(c) || c == '-' || c == '.' || Character.isDigit(c);
  }
}
