package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Command;

@Command(
    name = "refresh",
    header = "Forget all that is known of resources, and look anew.",
    description =
        "Like cleanup, but also where nothing failed: every node probes what runs on it. Without arguments this is done for everything.",
    exitCodeList = "105:there is no such resource or node",
    footer = {
      "Examples:",
      "  ringward resource refresh",
      "  ringward resource refresh web --node b"
    })
final class ResourceRefreshCommand extends ForgettingCommand {
  ResourceRefreshCommand(Environment environment) {
    super(environment, true);
  }
}
