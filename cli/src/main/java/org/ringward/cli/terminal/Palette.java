package org.ringward.cli.terminal;

/**
 * How text may look here.
 *
 * @param colours the reader is a terminal that shows them
 * @param unicode the character set can carry more than ASCII
 */
public record Palette(boolean colours, boolean unicode) {
  /** Plain ASCII without colours. */
  public static final Palette PLAIN = new Palette(false, false);

  /** What a text means; colour follows from it. */
  public enum Tone {
    PLAIN(""),
    STRONG("1"),
    FAINT("2"),
    GOOD("32"),
    NOTICE("33"),
    BAD("1;31"),
    NAME("36");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  /** The text in the colour of its tone. */
  public String paint(Tone tone, String text) {
    return colours && tone != Tone.PLAIN && !text.isEmpty()
        ? "\u001b[" + tone.code + "m" + text + "\u001b[0m"
        : text;
  }

  /** Stands between the parts of a headline. */
  public String dot() {
    return unicode ? " \u00b7 " : " - ";
  }

  /** Leads to the place something moves to. */
  public String arrow() {
    return unicode ? " \u2192 " : " -> ";
  }

  /** Before a member of a group that has more after it. */
  public String branch() {
    return unicode ? "\u251c\u2500 " : "|- ";
  }

  /** Before the last member of a group. */
  public String lastBranch() {
    return unicode ? "\u2514\u2500 " : "`- ";
  }
}
