package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ResourceEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "disable",
    aliases = "stop",
    header = "Stop resources and keep them stopped.",
    description =
        "Sets target-role to Stopped. If other resources would stop as well, they are named, and on a terminal you are asked.",
    exitCodeList = "105:there is no such resource",
    footer = {
      "Examples:",
      "  ringward resource disable web --wait",
      "  ringward resource disable site --dry-run"
    })
final class ResourceDisableCommand extends StoppingEditCommand {
  @Parameters(arity = "1..*", paramLabel = "RESOURCE", description = "What to stop.")
  private List<String> resources = List.of();

  ResourceDisableCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return ResourceEdits.enable(now, resources, false);
  }

  @Override
  List<String> subjects() {
    return resources;
  }
}
