package org.ringward.cli.command;

import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConstraintEdits;
import org.ringward.core.cib.ConstraintEdits.Party;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "colocation",
    header = "Place a resource where another runs, or does not.",
    description =
        "Written as [ROLE] RESOURCE with [ROLE] RESOURCE [SCORE] [OPTION=VALUE]...; the score is INFINITY if none is given, and a negative one keeps them apart. Roles are Promoted and Unpromoted.",
    exitCodeList = "105:there is no such resource or node",
    footer = {
      "Examples:",
      "  ringward constraint colocation web with vip",
      "  ringward constraint colocation web with Promoted db-clone 500",
      "  ringward constraint colocation a with b -INFINITY"
    })
final class ConstraintColocationCommand extends EditCommand {
  @Parameters(
      index = "0..*",
      arity = "3..*",
      paramLabel = "WORD",
      description = "As in the examples.")
  private List<String> words = List.of();

  ConstraintColocationCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    Words typed = new Words(words);
    typed.took("add");
    Party one = Parties.withRole(typed);
    Parties.require(typed, "with");
    Party other = Parties.withRole(typed);
    String next = typed.peek();
    boolean scored = next != null && next.indexOf('=') < 0;
    String score = scored ? typed.next("the score") : "INFINITY";
    Map<String, String> options = typed.onlyPairs();
    String named = options.remove("score");
    return ConstraintEdits.colocation(now, one, other, named == null ? score : named, options);
  }
}
