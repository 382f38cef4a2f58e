package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.render.FencingText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.FencingReport;
import picocli.CommandLine.Command;

@Command(
    name = "history",
    header = "Show what was fenced, why, and what proved it.",
    description =
        "The last attempts of the whole cluster, newest first: devices, watchdogs that ran out, nodes"
            + " that let go, persons who confirmed; each with its cause and its proof, or what went"
            + " wrong. Times are those of the last news.",
    exitCodeList = "105:there is no such node",
    footer = {"Examples:", "  ringward fence history", "  ringward fence history b"})
final class FenceHistoryCommand extends FenceNodesCommand {
  FenceHistoryCommand(Environment environment) {
    super(environment);
  }

  @Override
  List<String> lines(FencingReport report) {
    return FencingText.history(report, environment());
  }
}
