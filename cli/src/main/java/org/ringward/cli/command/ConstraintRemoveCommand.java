package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConstraintEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    aliases = "delete",
    header = "Remove constraints.",
    description = "By their ids, which ringward constraint list shows.",
    exitCodeList = "105:there is no such constraint",
    footer = {"Examples:", "  ringward constraint remove location-web-a-100"})
final class ConstraintRemoveCommand extends EditCommand {
  @Parameters(arity = "1..*", paramLabel = "ID", description = "The constraints.")
  private List<String> ids = List.of();

  ConstraintRemoveCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return ConstraintEdits.remove(now, ids);
  }
}
