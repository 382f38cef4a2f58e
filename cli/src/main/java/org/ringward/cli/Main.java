package org.ringward.cli;

import org.ringward.cli.command.CommandTree;
import org.ringward.cli.terminal.Environment;

/** The command line's entry. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    Environment environment = Environment.ofProcess();
    int exitCode = CommandTree.of(environment, arguments).execute(arguments);
    environment.output().flush();
    environment.errors().flush();
    System.exit(exitCode);
  }
}
