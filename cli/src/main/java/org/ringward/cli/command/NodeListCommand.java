package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.render.StatusText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.StatusReport;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    aliases = "status",
    header = "List the nodes and how they are.",
    description = "The part of ringward status that is about nodes.",
    footer = {"Examples:", "  ringward node list", "  ringward node list --output json"})
final class NodeListCommand extends StatusPartCommand {
  NodeListCommand(Environment environment) {
    super(environment);
  }

  @Override
  String type() {
    return "nodes";
  }

  @Override
  List<?> items(StatusReport report) {
    return report.nodes();
  }

  @Override
  List<String> lines(StatusReport report) {
    return StatusText.nodes(report, environment());
  }
}
