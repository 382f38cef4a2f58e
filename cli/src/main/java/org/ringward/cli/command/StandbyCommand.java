package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "standby",
    header = "Move everything off a node and keep it free.",
    description =
        "The node stays a member of the ring and votes, but runs no resources until 'ringward unstandby'.",
    exitCodeList = {"105:there is no such node", "106:no quorum, so nothing may change"},
    footer = {"Examples:", "  ringward standby b"})
final class StandbyCommand extends ClusterCommand {
  @Parameters(paramLabel = "NODE", description = "The node.")
  private String node = "";

  StandbyCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    return order(Verb.STANDBY, options("node", node, "on", "true"));
  }
}
