package org.ringward.core.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * The lines of a corosync.conf as a tree of sections (reference/corosync-conf.md, section 1). Any
 * text is either understood or refused with a sentence; nothing here depends on what keys mean.
 */
final class CorosyncText {
  /** A longer line does not fit into Corosync's buffer, so Corosync refuses it too. */
  private static final int LINE_BYTES_MOST = 510;

  /** The longest name of a key with its sections and their dots. */
  private static final int PATH_MOST = 255;

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._/:-]*");
  private static final Pattern SECTION =
      Pattern.compile("(?m)^[ \\t]*(totem|nodelist|quorum|logging|system)[ \\t]*\\{[ \\t\\r]*$");

  private final String fileName;
  private final Deque<Section> open = new ArrayDeque<>();
  private int line;

  private CorosyncText(String fileName) {
    this.fileName = fileName;
  }

  /** One key with its value. */
  record Entry(String key, String value, int line) {}

  /**
   * A section as it stands in the file.
   *
   * @param path names from the top, with dots; empty for the file itself
   * @param line where it begins
   * @param entries its keys in their order, the same one perhaps more than once
   * @param sections sections inside it, in their order
   */
  record Section(String name, String path, int line, List<Entry> entries, List<Section> sections) {
    Section(String name, String path, int line) {
      this(name, path, line, new ArrayList<>(), new ArrayList<>());
    }

    /** The path of a key of this section. */
    String pathOf(String key) {
      return path.isEmpty() ? key : path + "." + key;
    }
  }

  /** Whether the text is a corosync.conf rather than YAML: it opens a section as only that does. */
  static boolean isOne(String text) {
    return SECTION.matcher(text).find();
  }

  /**
   * The file as one section without name.
   *
   * @throws OperatorException naming file, line and section
   */
  static Section parse(String fileName, String text) {
    return new CorosyncText(fileName).sections(text);
  }

  private Section sections(String text) {
    Section top = new Section("", "", 1);
    open.push(top);
    int begin = 0;
    while (begin < text.length()) {
      int end = text.indexOf('\n', begin);
      end = end < 0 ? text.length() : end;
      line++;
      take(text, begin, end);
      begin = end + 1;
    }
    if (open.size() > 1) {
      Section section = open.peek();
      String since = "section \"" + section.path() + "\" of line " + section.line();
      throw refuse(since + " has no closing brace \"}\"");
    }
    return top;
  }

  private void take(String text, int begin, int end) {
    if (end - begin > LINE_BYTES_MOST) {
      String found = "the line has " + (end - begin) + " characters" + inside();
      throw refuse(found + "; at most " + LINE_BYTES_MOST + " are allowed");
    }
    String content = stripped(text.substring(begin, end));
    if (content.isEmpty() || content.charAt(0) == '#') {
      return;
    }
    content.chars().filter(CorosyncText::isBinary).findFirst().ifPresent(this::refuseByte);
    int brace = content.indexOf('{');
    int colon = content.indexOf(':');
    if (brace >= 0) {
      begin(content, brace);
    } else if (colon >= 0) {
      Section section = open.getFirst();
      String key = stripped(content.substring(0, colon));
      checkPath(section.pathOf(key));
      section.entries().add(new Entry(key, stripped(content.substring(colon + 1)), line));
    } else {
      end(content);
    }
  }

  private void begin(String content, int brace) {
    String name = stripped(content.substring(0, brace));
    if (brace + 1 < content.length()) {
      String rest = quoted(content.substring(brace + 1));
      throw refuse("nothing may follow \"{\" on its line, found " + rest + inside());
    }
    if (name.isEmpty()) {
      throw refuse("\"{\" needs the name of a section before it" + inside());
    }
    Section parent = open.getFirst();
    Section section = new Section(name, parent.pathOf(name), line);
    checkPath(section.path());
    parent.sections().add(section);
    open.push(section);
  }

  private void end(String content) {
    if (!content.equals("}")) {
      String allowed = "; a line is \"key: value\", \"section {\" or \"}\"";
      throw refuse("found " + quoted(content) + inside() + allowed);
    }
    if (open.size() == 1) {
      throw refuse("\"}\" closes no section: every section before it is closed already");
    }
    open.pop();
  }

  private void checkPath(String path) {
    if (path.length() > PATH_MOST) {
      String allowed = " characters; at most " + PATH_MOST + " are allowed";
      throw refuse("the name of the key and its sections has " + path.length() + allowed);
    }
    if (!WORD.matcher(path).matches()) {
      String allowed = "; names are made of letters, digits, '.', '_', '-', '/' and ':'";
      throw refuse("found the name " + quoted(path) + allowed);
    }
  }

  private void refuseByte(int character) {
    throw refuse(
        "character 0x%02x is not text; a corosync.conf is a text file".formatted(character));
  }

  private static boolean isBinary(int character) {
    return Character.isISOControl(character) && character != '\t';
  }

  /** Without blanks, tabs, no-break spaces and the return of a DOS line at both ends. */
  private static String stripped(String text) {
    int begin = 0;
    int end = text.length();
    while (begin < end && isBlank(text.charAt(begin))) {
      begin++;
    }
    while (begin < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(begin, end);
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t' || character == '\r' || character == 0xa0;
  }

  private String inside() {
    String path = open.getFirst().path();
    return path.isEmpty() ? "" : " in section " + path;
  }

  private static String quoted(String text) {
    return '"' + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + '"';
  }

  private OperatorException refuse(String sentence) {
    return new OperatorException(ExitCode.CONFIGURATION, fileName + ":" + line + ": " + sentence);
  }
}
