package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "activate",
    header = "End the rest of a ticket.",
    description = "What needs it may run again.",
    exitCodeList = {
      "105:nothing needs a ticket of that name",
      "106:no quorum, so nothing may change"
    },
    footer = {"Examples:", "  ringward ticket activate site-a --wait"})
final class TicketActivateCommand extends OrderCommand {
  @Parameters(paramLabel = "TICKET", description = "The ticket.")
  private String ticket = "";

  TicketActivateCommand(Environment environment) {
    super(environment);
  }

  @Override
  Verb verb() {
    return Verb.TICKET;
  }

  @Override
  Map<String, String> orderOptions() {
    return options("ticket", ticket, "standby", "false");
  }
}
