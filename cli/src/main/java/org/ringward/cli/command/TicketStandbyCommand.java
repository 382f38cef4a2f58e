package org.ringward.cli.command;

import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "standby",
    header = "Let a ticket rest without revoking it.",
    description = "What needs it stops in order; the ticket stays granted.",
    exitCodeList = {
      "105:nothing needs a ticket of that name",
      "106:no quorum, so nothing may change"
    },
    footer = {"Examples:", "  ringward ticket standby site-a --wait"})
final class TicketStandbyCommand extends StoppingOrderCommand {
  @Parameters(paramLabel = "TICKET", description = "The ticket.")
  private String ticket = "";

  TicketStandbyCommand(Environment environment) {
    super(environment);
  }

  @Override
  Verb verb() {
    return Verb.TICKET;
  }

  @Override
  Map<String, String> orderOptions() {
    return options("ticket", ticket, "standby", "true");
  }

  @Override
  List<String> named() {
    return List.of();
  }
}
