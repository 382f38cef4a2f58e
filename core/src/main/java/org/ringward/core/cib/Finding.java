package org.ringward.core.cib;

/**
 * Something to tell a person about a file or a configuration.
 *
 * @param file the file as the person named it, empty when there is none
 * @param line where it is, counted from 1, 0 when that is not known
 * @param key what it is about: an element and id, or the name of an option
 * @param sentence one plain sentence: what was found and what is allowed
 */
public record Finding(Severity severity, String file, int line, String key, String sentence) {

  /** How bad it is. */
  public enum Severity {
    /** The configuration must not be used like this. */
    ERROR,
    /** It can be used, but most likely is not what was meant. */
    WARNING,
    /** Worth knowing. */
    NOTE
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** One line for people, such as {@code cib.xml:12: error: ...}. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (!file.isEmpty()) {
      text.append(file).append(':');
      if (line > 0) {
        text.append(line).append(':');
      }
      text.append(' ');
    }
    String word =
        switch (severity) {
          case ERROR -> "error: ";
          case WARNING -> "warning: ";
          case NOTE -> "note: ";
        };
    return text.append(word).append(sentence).toString();
  }
}
