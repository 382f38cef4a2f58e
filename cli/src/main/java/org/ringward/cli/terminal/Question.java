package org.ringward.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** Asks the person at the terminal. */
public final class Question {
  private final Environment environment;

  public Question(Environment environment) {
    this.environment = environment;
  }

  /** True when the person answers yes; refuses when there is nobody to ask. */
  public boolean yes(String question) {
    String answer = ask(question + " [y/N] ");
    return answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes");
  }

  /** What the person typed, without white space around it; refuses when there is nobody to ask. */
  public String ask(String question) {
    if (!environment.inputIsTerminal()) {
      throw new OperatorException(
          ExitCode.USAGE,
          "This needs a person's answer and standard input is not a terminal; give --yes if you"
              + " are sure.");
    }
    environment.errors().print(question);
    environment.errors().flush();
    try {
      return line().strip();
    } catch (IOException exception) {
      throw new OperatorException(
          ExitCode.IO_ERROR, "The answer could not be read: " + exception.getMessage() + ".");
    }
  }

  /** Takes no byte behind the line: it belongs to the answer of the next question. */
  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = environment.input().read();
    if (next < 0) {
      environment.errors().println();
    }
    while (next >= 0 && next != '\n') {
      bytes.write(next);
      next = environment.input().read();
    }
    return bytes.toString(Charset.defaultCharset());
  }
}
