package org.ringward.cli.command;

import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "revoke",
    header = "Take a ticket from this cluster.",
    description =
        "What needs it is stopped, demoted, fenced or left alone, as the constraint's loss-policy says.",
    exitCodeList = {
      "105:nothing needs a ticket of that name",
      "106:no quorum, so nothing may change"
    },
    footer = {"Examples:", "  ringward ticket revoke site-a --wait"})
final class TicketRevokeCommand extends StoppingOrderCommand {
  @Parameters(paramLabel = "TICKET", description = "The ticket.")
  private String ticket = "";

  TicketRevokeCommand(Environment environment) {
    super(environment);
  }

  @Override
  Verb verb() {
    return Verb.TICKET;
  }

  @Override
  Map<String, String> orderOptions() {
    return options("ticket", ticket, "granted", "false");
  }

  @Override
  List<String> named() {
    return List.of();
  }
}
