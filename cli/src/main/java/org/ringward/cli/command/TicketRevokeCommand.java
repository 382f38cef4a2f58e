package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "revoke",
    header = "Take a ticket from this cluster.",
    description =
        "What needs it is stopped, demoted, fenced or left alone, as the constraint's loss-policy says.",
    exitCodeList = "105:nothing needs a ticket of that name",
    footer = {"Examples:", "  ringward ticket revoke site-a --wait"})
final class TicketRevokeCommand extends StoppingOrderCommand {
  @Mixin private TicketParameter ticket = new TicketParameter();

  TicketRevokeCommand(Environment environment) {
    super(environment, Verb.TICKET);
  }

  @Override
  Map<String, String> orderOptions() {
    return options("ticket", ticket.name(), "granted", "false");
  }
}
