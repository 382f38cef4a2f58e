package org.ringward.cli.command;

import org.ringward.cli.render.RingText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.RingReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    header = "Show the ring, its members and what is wrong with what it hears.",
    description = {
      "Shows the ring as the node of this daemon sees it: ring id, members with their addresses,"
          + " votes, the timers in force and what was counted.",
      "Packets that cannot come from a member (another key, another cluster, forged or replayed"
          + " ones) are told in a sentence each, with their number."
    },
    footer = {"Examples:", "  ringward ring status", "  ringward ring status --output json"})
final class RingStatusCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  RingStatusCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    AdminReply reply = ask(Verb.RING_STATUS, options());
    if (reply.exitCode() == 0) {
      RingReport report = report(reply, RingReport.class);
      if (output.json()) {
        printJson(report);
      } else {
        print(RingText.lines(report, environment().palette()));
      }
    }
    return tell(reply);
  }
}
