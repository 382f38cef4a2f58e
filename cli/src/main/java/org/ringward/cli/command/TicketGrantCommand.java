package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "grant",
    header = "Grant a ticket to this cluster.",
    description =
        "What needs it may run here. Make sure that no other cluster has it: nothing here can know.",
    exitCodeList = "105:nothing needs a ticket of that name",
    footer = {"Examples:", "  ringward ticket grant site-a --wait"})
final class TicketGrantCommand extends OrderCommand {
  @Mixin private TicketParameter ticket = new TicketParameter();

  TicketGrantCommand(Environment environment) {
    super(environment, Verb.TICKET);
  }

  @Override
  Map<String, String> orderOptions() {
    return options("ticket", ticket.name(), "granted", "true");
  }
}
