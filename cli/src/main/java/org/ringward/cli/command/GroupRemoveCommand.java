package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.GroupEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    aliases = "delete",
    header = "Take resources out of a group, or end it.",
    description =
        "The resources stay and stand alone then. Without resources all leave, and the group ends with the constraints that name it. (ringward resource delete GROUP deletes the members too.)",
    exitCodeList = "105:there is no such resource",
    footer = {"Examples:", "  ringward group remove site web", "  ringward group remove site"})
final class GroupRemoveCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "GROUP", description = "The group.")
  private String group = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "RESOURCE",
      description = "Which members; all without one.")
  private @Nullable List<String> words;

  GroupRemoveCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return GroupEdits.remove(now, group, Words.of(words));
  }

  @Override
  List<String> subjects() {
    return List.of(group);
  }
}
