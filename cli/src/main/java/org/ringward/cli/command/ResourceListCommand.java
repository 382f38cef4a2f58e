package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.render.StatusText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.StatusReport;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    aliases = "status",
    header = "List the resources and where they run.",
    description =
        "The part of ringward status that is about resources; what is in a group or clone stands below it.",
    footer = {"Examples:", "  ringward resource list", "  ringward resource list --output json"})
final class ResourceListCommand extends StatusPartCommand {
  ResourceListCommand(Environment environment) {
    super(environment);
  }

  @Override
  String type() {
    return "resources";
  }

  @Override
  List<?> items(StatusReport report) {
    return report.resources();
  }

  @Override
  List<String> lines(StatusReport report) {
    return StatusText.resources(report, environment());
  }
}
