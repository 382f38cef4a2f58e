package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.render.FencingText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    header = "Show which node can be proven down, by what, and what may not be promised.",
    description =
        "A lost node's resources start elsewhere when there is a proof that it is down. Shows for"
            + " every node the rungs of the ladder that could give it (docs/fencing.md), from mild to"
            + " severe, whether each works at this moment, and what follows when none does.",
    exitCodeList = {"1:a node cannot be proven down without a person", "105:there is no such node"},
    footer = {"Examples:", "  ringward fence status", "  ringward fence status b"})
final class FenceStatusCommand extends FenceNodesCommand {
  FenceStatusCommand(Environment environment) {
    super(environment);
  }

  @Override
  List<String> lines(FencingReport report) {
    return FencingText.nodes(report, environment());
  }

  @Override
  int exitCode(FencingReport report) {
    boolean all = report.nodes().stream().allMatch(FencingReport.NodeLine::provable);
    return (all ? ExitCode.OK : ExitCode.ERROR).number();
  }
}
