package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "unstandby",
    header = "Let a node run resources again.",
    description =
        "Ends what 'ringward standby' began; resources come back only if they prefer the node.",
    exitCodeList = {"105:there is no such node", "106:no quorum, so nothing may change"},
    footer = {"Examples:", "  ringward unstandby b"})
final class UnstandbyCommand extends ClusterCommand {
  @Parameters(paramLabel = "NODE", description = "The node.")
  private String node = "";

  UnstandbyCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    return order(Verb.STANDBY, options("node", node, "on", "false"));
  }
}
