package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "activate",
    header = "End the rest of a ticket.",
    description = "What needs it may run again.",
    exitCodeList = "105:nothing needs a ticket of that name",
    footer = {"Examples:", "  ringward ticket activate site-a --wait"})
final class TicketActivateCommand extends OrderCommand {
  @Mixin private TicketParameter ticket = new TicketParameter();

  TicketActivateCommand(Environment environment) {
    super(environment, Verb.TICKET);
  }

  @Override
  Map<String, String> orderOptions() {
    return options("ticket", ticket.name(), "standby", "false");
  }
}
