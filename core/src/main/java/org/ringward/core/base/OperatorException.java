package org.ringward.core.base;

/**
 * Bad input from a person or a file: one clear sentence naming file, line or key, what was found
 * and what is allowed, and the exit code of the ecosystem (reference/ecosystem.md, A5).
 */
public final class OperatorException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;

  public OperatorException(ExitCode exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /** The sentence for the operator. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
