package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ResourceEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "unmanage",
    header = "Leave resources as they are.",
    description =
        "The cluster neither starts nor stops them any more (is-managed is false), but goes on watching them.",
    exitCodeList = "105:there is no such resource",
    footer = {"Examples:", "  ringward resource unmanage web"})
final class ResourceUnmanageCommand extends EditCommand {
  @Parameters(arity = "1..*", paramLabel = "RESOURCE", description = "The resources.")
  private List<String> resources = List.of();

  ResourceUnmanageCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return ResourceEdits.manage(now, resources, false);
  }

  @Override
  List<String> subjects() {
    return resources;
  }
}
