package org.ringward.cli.command;

import org.ringward.cli.render.RegionsText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.RegionsReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "regions",
    header = "Show who sees whom on which heartbeat region.",
    description = {
      "Shows every heartbeat region with a row for each node that sees and a column for each that"
          + " is seen, and what the regions together say of each node.",
      "The row of this node is what it hears itself; the others tell theirs in their heartbeats."
    },
    footer = {"Examples:", "  ringward regions", "  ringward regions --output json"})
final class RegionsCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  RegionsCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    AdminReply reply = ask(Verb.REGIONS, options());
    if (reply.exitCode() == 0) {
      RegionsReport report = report(reply, RegionsReport.class);
      if (output.json()) {
        printJson(report);
      } else {
        print(RegionsText.lines(report, environment().palette()));
      }
    }
    return tell(reply);
  }
}
