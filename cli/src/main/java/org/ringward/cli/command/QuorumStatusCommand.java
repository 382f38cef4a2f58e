package org.ringward.cli.command;

import org.ringward.cli.render.QuorumText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.QuorumReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    header = "Show votes, and who would win which split.",
    description = {
      "Shows the votes as the node of this daemon sees them, the quorum device, and before any"
          + " fault what would follow from it: which side of each split may go on, how many nodes"
          + " may fail, what the end of the quorum device means."
    },
    footer = {"Examples:", "  ringward quorum status", "  ringward quorum status --output json"})
final class QuorumStatusCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  QuorumStatusCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    AdminReply reply = ask(Verb.QUORUM_STATUS, options());
    if (reply.exitCode() == 0) {
      QuorumReport report = report(reply, QuorumReport.class);
      if (output.json()) {
        printJson(report);
      } else {
        print(QuorumText.lines(report, environment()));
      }
    }
    return tell(reply);
  }
}
