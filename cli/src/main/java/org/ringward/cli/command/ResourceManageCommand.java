package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ResourceEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "manage",
    header = "Let the cluster start and stop resources again.",
    description = "Takes back what unmanage did.",
    exitCodeList = "105:there is no such resource",
    footer = {"Examples:", "  ringward resource manage web"})
final class ResourceManageCommand extends EditCommand {
  @Parameters(arity = "1..*", paramLabel = "RESOURCE", description = "The resources.")
  private List<String> resources = List.of();

  ResourceManageCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return ResourceEdits.manage(now, resources, true);
  }

  @Override
  List<String> subjects() {
    return resources;
  }
}
