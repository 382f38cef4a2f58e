package org.ringward.cli.command;

import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "ban",
    header = "Keep a resource away from a node.",
    description = {
      "Forbids a resource, or a group as a whole, to run on the node you name; without a node, on"
          + " the one where it runs.",
      "The ban stays in the configuration as a location constraint until 'ringward clear' removes"
          + " it."
    },
    exitCodeList = {
      "105:there is no such resource or node",
      "106:no quorum, so nothing may change"
    },
    footer = {"Examples:", "  ringward ban web b", "  ringward clear web b"})
final class BanCommand extends ClusterCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "What to keep away.")
  private String resource = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "From where.")
  private @Nullable String node;

  BanCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    return order(Verb.BAN, options("resource", resource, "node", node));
  }
}
