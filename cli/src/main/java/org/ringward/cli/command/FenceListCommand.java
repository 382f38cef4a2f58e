package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.render.FencingText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.FencingReport;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = "Show the fencing devices, what they can fence, and what their monitors say.",
    description =
        "Shows every device with its agent, the nodes it can fence with their plugs, its levels in"
            + " the topology, and the last result of its monitor by the nodes that watch over it."
            + " What is wrong is told below.",
    footer = {"Examples:", "  ringward fence list", "  ringward fence list --output json"})
final class FenceListCommand extends FenceReportCommand {
  FenceListCommand(Environment environment) {
    super(environment);
  }

  @Override
  List<String> lines(FencingReport report) {
    return FencingText.devices(report, environment());
  }
}
