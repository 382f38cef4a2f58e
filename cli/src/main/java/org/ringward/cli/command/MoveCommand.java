package org.ringward.cli.command;

import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "move",
    header = "Move a resource to another node.",
    description = {
      "Moves a resource, or a group as a whole, to the node you name; without a node, away from"
          + " where it runs to the next best.",
      "The wish stays in the configuration as a location constraint until 'ringward clear' removes"
          + " it."
    },
    exitCodeList = {
      "105:there is no such resource or node",
      "106:no quorum, so nothing may change"
    },
    footer = {"Examples:", "  ringward move web b", "  ringward move web", "  ringward clear web"})
final class MoveCommand extends ClusterCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "What to move.")
  private String resource = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "Where to.")
  private @Nullable String node;

  MoveCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    return order(Verb.MOVE, options("resource", resource, "node", node));
  }
}
