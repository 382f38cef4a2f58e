package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "unstandby",
    aliases = "online",
    header = "Let a node run resources again.",
    description =
        "Ends the standby of a node. Resources come back if the node is the better place for them.",
    exitCodeList = "105:there is no such node",
    footer = {"Examples:", "  ringward unstandby b", "  ringward unstandby b --wait"})
final class UnstandbyCommand extends OrderCommand {
  @Parameters(paramLabel = "NODE", description = "The node.")
  private String node = "";

  UnstandbyCommand(Environment environment) {
    super(environment, Verb.STANDBY);
  }

  @Override
  Map<String, String> orderOptions() {
    return options("node", node, "on", "false");
  }
}
