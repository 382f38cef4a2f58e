package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ResourceEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "disable",
    aliases = "stop",
    header = "Stop resources and keep them stopped.",
    description =
        "Sets target-role to Stopped. If other resources would stop as well, they are named, and on a terminal you are asked.",
    exitCodeList = {
      "105:there is no such resource",
      "78:the changed configuration would have errors; they are named",
      "103:somebody else changed the configuration at the same moment",
      "106:no quorum, so nothing may change"
    },
    footer = {
      "Examples:",
      "  ringward resource disable web --wait",
      "  ringward resource disable site --dry-run"
    })
final class ResourceDisableCommand extends EditCommand {
  @Parameters(arity = "1..*", paramLabel = "RESOURCE", description = "What to stop.")
  private List<String> resources = List.of();

  @Mixin private ConsentOption consent = new ConsentOption();

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

  @Override
  boolean stops() {
    return true;
  }

  @Override
  boolean asks() {
    return !consent.given();
  }
}
