package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConstraintEdits;
import org.ringward.core.cib.ConstraintEdits.Party;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "ticket",
    header = "Make a resource need a ticket.",
    description =
        "Written as TICKET [ROLE] RESOURCE [OPTION=VALUE]...; loss-policy (stop, demote, fence, freeze) says what becomes of the resource without the ticket.",
    exitCodeList = "105:there is no such resource or node",
    footer = {"Examples:", "  ringward constraint ticket site-a web loss-policy=stop"})
final class ConstraintTicketCommand extends EditCommand {
  @Parameters(
      index = "0..*",
      arity = "2..*",
      paramLabel = "WORD",
      description = "As in the example.")
  private List<String> words = List.of();

  ConstraintTicketCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    Words typed = new Words(words);
    typed.took("add");
    String ticket = typed.next("the ticket");
    Party resource = Parties.withRole(typed);
    return ConstraintEdits.ticket(now, ticket, resource, typed.onlyPairs());
  }
}
