package org.ringward.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;

/**
 * Everything a command may touch outside its arguments, so that a test can stand in for the real
 * one.
 *
 * @param input standard input
 * @param output standard output: the answer
 * @param errors standard error: errors, questions and progress
 * @param inputIsTerminal a person may be asked
 * @param outputIsTerminal the answer is read by a person now
 * @param errorsIsTerminal progress may be redrawn in place
 * @param variables environment variables
 * @param clock the time of day
 * @param zone where times of day are shown
 */
public record Environment(
    InputStream input,
    PrintStream output,
    PrintStream errors,
    boolean inputIsTerminal,
    boolean outputIsTerminal,
    boolean errorsIsTerminal,
    Map<String, String> variables,
    Clock clock,
    ZoneId zone) {

  /**
   * The environment of this process. {@code ./ringward} tells which streams are terminals by the
   * system property {@code ringward.terminals} (letters i, o, e), because the JDK answers only for
   * all of them together; without it none is taken for one.
   */
  public static Environment ofProcess() {
    String terminals = System.getProperty("ringward.terminals", "");
    return new Environment(
        System.in,
        System.out,
        System.err,
        terminals.contains("i"),
        terminals.contains("o"),
        terminals.contains("e"),
        System.getenv(),
        Clock.systemUTC(),
        ZoneId.systemDefault());
  }

  /** Colours and glyphs for the answer. */
  public Palette palette() {
    return new Palette(
        outputIsTerminal && !noColour(), output.charset().equals(StandardCharsets.UTF_8));
  }

  /** Colours and glyphs for errors and questions. */
  public Palette errorPalette() {
    return new Palette(
        errorsIsTerminal && !noColour(), errors.charset().equals(StandardCharsets.UTF_8));
  }

  /** NO_COLOR with any value but the empty one (no-color.org), or a terminal that has none. */
  private boolean noColour() {
    return !variables.getOrDefault("NO_COLOR", "").isEmpty()
        || variables.getOrDefault("TERM", "").equals("dumb");
  }
}
