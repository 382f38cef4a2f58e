package org.ringward.cli.manual;

import java.util.List;

/** Text for man(7) with the macros of its package man; what is given is text and nothing else. */
final class Roff {
  private final StringBuilder page = new StringBuilder();

  /** The page's head. */
  Roff title(String name, int section, String source) {
    page.append(".\\\" Written by 'ringward man' from the program's own help.\n");
    page.append(".TH ").append(quoted(name)).append(' ').append(section);
    page.append(" \"\" ").append(quoted(source)).append(" \"Ringward\"\n");
    return this;
  }

  Roff section(String name) {
    page.append(".SH ").append(quoted(name)).append('\n');
    return this;
  }

  Roff subsection(String name) {
    page.append(".SS ").append(quoted(name)).append('\n');
    return this;
  }

  /** A line of the section NAME, which programs read. */
  Roff name(String name, String sentence) {
    page.append(escaped(name)).append(" \\- ").append(escaped(sentence)).append('\n');
    return this;
  }

  Roff paragraph(String text) {
    page.append(".PP\n").append(line(text)).append('\n');
    return this;
  }

  /** A term, printed bold, and what it is. */
  Roff term(String term, String text) {
    page.append(".TP\n\\fB").append(escaped(term)).append("\\fR\n");
    page.append(line(text.isBlank() ? "See the text." : text)).append('\n');
    return this;
  }

  /** Lines as they are, indented. */
  Roff verbatim(List<String> lines) {
    page.append(".PP\n.RS 4\n.nf\n");
    lines.forEach(each -> page.append(line(each)).append('\n'));
    page.append(".fi\n.RE\n");
    return this;
  }

  @Override
  public String toString() {
    return page.toString();
  }

  /** A text that is no request, whatever it begins with. */
  private static String line(String text) {
    String escaped = escaped(text);
    boolean request = escaped.startsWith(".") || escaped.startsWith("'");
    return escaped.isEmpty() || request ? "\\&" + escaped : escaped;
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replace("\n", " ");
  }

  private static String quoted(String text) {
    return '"' + escaped(text).replace("\"", "\\(dq") + '"';
  }
}
