package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "cleanup",
    header = "Forget failures.",
    description =
        "Sets fail counts back and forgets failed operations, so that a resource may run again where it failed. Its state is probed anew. Without arguments this is done for everything.",
    exitCodeList = "105:there is no such resource or node",
    footer = {
      "Examples:",
      "  ringward cleanup",
      "  ringward cleanup web-server",
      "  ringward cleanup web-server --node b"
    })
final class CleanupCommand extends ForgettingCommand {
  CleanupCommand(Environment environment) {
    super(environment, false);
  }
}
