package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "grant",
    header = "Grant a ticket to this cluster.",
    description =
        "What needs it may run here. Make sure that no other cluster has it: nothing here can know.",
    exitCodeList = {
      "105:nothing needs a ticket of that name",
      "106:no quorum, so nothing may change"
    },
    footer = {"Examples:", "  ringward ticket grant site-a --wait"})
final class TicketGrantCommand extends OrderCommand {
  @Parameters(paramLabel = "TICKET", description = "The ticket.")
  private String ticket = "";

  TicketGrantCommand(Environment environment) {
    super(environment);
  }

  @Override
  Verb verb() {
    return Verb.TICKET;
  }

  @Override
  Map<String, String> orderOptions() {
    return options("ticket", ticket, "granted", "true");
  }
}
