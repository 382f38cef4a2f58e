package org.ringward.cli.command;

import org.ringward.cli.render.LeasesText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.LeasesReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    header = "Show who holds what, who waits, what is to be taken over, and who is in which group.",
    description = {
      "A holder is suspended while its node is lost and nothing proves yet that it has stopped;"
          + " read-only when it said itself that it lost its access.",
      "Members of a group are in the order of their joining. A group is paused while this node is"
          + " in no view with quorum."
    },
    footer = {"Examples:", "  ringward lease list", "  ringward lease list --output json"})
final class LeaseListCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  LeaseListCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    AdminReply reply = ask(Verb.LEASES, options());
    if (reply.exitCode() == 0) {
      LeasesReport report = report(reply, LeasesReport.class);
      if (output.json()) {
        printJson(report);
      } else {
        print(LeasesText.lines(report, environment().palette()));
      }
    }
    return tell(reply);
  }
}
