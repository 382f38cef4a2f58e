package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ResourceEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "enable",
    aliases = "start",
    header = "Let resources run again.",
    description =
        "Takes back what disable did. Where and whether they start, the cluster decides; ringward why RESOURCE tells.",
    exitCodeList = {"1:with --wait, one of them does not run", "105:there is no such resource"},
    footer = {"Examples:", "  ringward resource enable web --wait"})
final class ResourceEnableCommand extends EditCommand {
  @Parameters(arity = "1..*", paramLabel = "RESOURCE", description = "What to start.")
  private List<String> resources = List.of();

  ResourceEnableCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return ResourceEdits.enable(now, resources, true);
  }

  @Override
  List<String> subjects() {
    return resources;
  }

  @Override
  List<String> shallRun() {
    return resources;
  }
}
