package org.ringward.cli.command;

import org.ringward.cli.render.RingText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.LinksReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "links",
    header = "Show the links to the other nodes.",
    description = {
      "Shows every link to every other node: whether it is connected and in use, the largest packet"
          + " that comes through, latency and traffic.",
      "A question mark behind the mtu says that it is not known yet but guessed."
    },
    footer = {"Examples:", "  ringward ring links", "  ringward ring links --output json"})
final class RingLinksCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  RingLinksCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    AdminReply reply = ask(Verb.RING_LINKS, options());
    if (reply.exitCode() == 0) {
      LinksReport report = report(reply, LinksReport.class);
      if (output.json()) {
        printJson(report);
      } else {
        print(RingText.lines(report, environment().palette()));
      }
    }
    return tell(reply);
  }
}
