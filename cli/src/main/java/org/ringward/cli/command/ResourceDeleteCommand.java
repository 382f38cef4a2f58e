package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ResourceEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "delete",
    aliases = "remove",
    header = "Stop resources and delete them.",
    description = {
      "The cluster stops them first. What only they gave a meaning goes too: constraints, an empty group or clone, fencing levels; it is named.",
      "If other resources would stop as well, they are named, and on a terminal you are asked."
    },
    exitCodeList = "105:there is no such resource",
    footer = {
      "Examples:",
      "  ringward resource delete web",
      "  ringward resource delete site --dry-run"
    })
final class ResourceDeleteCommand extends StoppingEditCommand {
  @Parameters(arity = "1..*", paramLabel = "RESOURCE", description = "What to delete.")
  private List<String> resources = List.of();

  ResourceDeleteCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return ResourceEdits.delete(now, resources);
  }

  @Override
  List<String> subjects() {
    return resources;
  }
}
