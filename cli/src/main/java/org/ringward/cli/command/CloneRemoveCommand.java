package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.GroupEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    aliases = "delete",
    header = "Run a cloned resource only once again.",
    description =
        "Ends the clone; what is in it stays. Constraints that name the clone go with it.",
    exitCodeList = "105:there is no such resource",
    footer = {"Examples:", "  ringward clone remove cache-clone"})
final class CloneRemoveCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "NAME", description = "The clone, or what is in it.")
  private String name = "";

  CloneRemoveCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return GroupEdits.unclone(now, name);
  }

  @Override
  List<String> subjects() {
    return List.of(name);
  }
}
