package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "standby",
    header = "Move everything off a node and keep it free.",
    description = "A node in standby is a full member of the cluster but runs no resources.",
    exitCodeList = "105:there is no such node",
    footer = {"Examples:", "  ringward standby b", "  ringward standby b --wait"})
final class StandbyCommand extends StoppingOrderCommand {
  @Parameters(paramLabel = "NODE", description = "The node.")
  private String node = "";

  StandbyCommand(Environment environment) {
    super(environment, Verb.STANDBY);
  }

  @Override
  Map<String, String> orderOptions() {
    return options("node", node, "on", "true");
  }
}
