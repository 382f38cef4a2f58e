package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.GroupEdits;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    aliases = "create",
    header = "Put resources in a group.",
    description =
        "Members of a group run on one node, start in their order and stop in the reverse order. A group that does not exist is made; members of other groups leave these.",
    exitCodeList = "105:there is no such resource",
    footer = {
      "Examples:",
      "  ringward group add site vip web",
      "  ringward group add site disk --before vip"
    })
final class GroupAddCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "GROUP", description = "The group.")
  private String group = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "RESOURCE",
      description = "The resources, in their order.")
  private List<String> words = List.of();

  @ArgGroup private Place place = new Place();

  /** At most one of the two. */
  private static final class Place {
    @Option(names = "--before", paramLabel = "MEMBER", description = "Before this member.")
    private @Nullable String before;

    @Option(names = "--after", paramLabel = "MEMBER", description = "Behind this member.")
    private @Nullable String after;
  }

  GroupAddCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    boolean before = place.before != null;
    return GroupEdits.add(now, group, words, before ? place.before : place.after, before);
  }

  @Override
  List<String> subjects() {
    return List.of(group);
  }
}
