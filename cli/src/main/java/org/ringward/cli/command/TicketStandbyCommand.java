package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "standby",
    header = "Let a ticket rest without revoking it.",
    description = "What needs it stops in order; the ticket stays granted.",
    exitCodeList = "105:nothing needs a ticket of that name",
    footer = {"Examples:", "  ringward ticket standby site-a --wait"})
final class TicketStandbyCommand extends StoppingOrderCommand {
  @Mixin private TicketParameter ticket = new TicketParameter();

  TicketStandbyCommand(Environment environment) {
    super(environment, Verb.TICKET);
  }

  @Override
  Map<String, String> orderOptions() {
    return options("ticket", ticket.name(), "standby", "true");
  }
}
