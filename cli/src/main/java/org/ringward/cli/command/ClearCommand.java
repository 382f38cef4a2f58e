package org.ringward.cli.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "clear",
    header = "Take back moves and bans of a resource.",
    description =
        "Removes the location constraints that 'ringward move' and 'ringward ban' made for a resource: for one node, or for all when you name none.",
    exitCodeList = "105:there is no such resource or node",
    footer = {"Examples:", "  ringward clear web", "  ringward clear web b"})
final class ClearCommand extends OrderCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "The resource.")
  private String resource = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "Only for this node.")
  private @Nullable String node;

  ClearCommand(Environment environment) {
    super(environment, Verb.CLEAR);
  }

  @Override
  Map<String, String> orderOptions() {
    return options("resource", resource, "node", node);
  }
}
