package org.ringward.cli.command;

import picocli.CommandLine.Option;

/** Whether a person has said yes already. */
final class ConsentOption {
  @Option(
      names = {"-y", "--yes"},
      order = 84,
      description = "Do not ask.")
  private boolean yes;

  boolean given() {
    return yes;
  }
}
