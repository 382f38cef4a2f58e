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
    name = "order",
    header = "Do one thing before another.",
    description =
        "Written as [ACTION] RESOURCE then [ACTION] RESOURCE [OPTION=VALUE]...; actions are start, stop, promote and demote, options kind (Mandatory, Optional, Serialize), symmetrical and require-all.",
    exitCodeList = "105:there is no such resource or node",
    footer = {
      "Examples:",
      "  ringward constraint order vip then web",
      "  ringward constraint order promote db-clone then start web kind=Mandatory"
    })
final class ConstraintOrderCommand extends EditCommand {
  @Parameters(
      index = "0..*",
      arity = "3..*",
      paramLabel = "WORD",
      description = "As in the examples.")
  private List<String> words = List.of();

  ConstraintOrderCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    Words typed = new Words(words);
    typed.took("add");
    Party first = Parties.withAction(typed);
    Parties.require(typed, "then");
    Party then = Parties.withAction(typed);
    return ConstraintEdits.order(now, first, then, typed.onlyPairs());
  }
}
