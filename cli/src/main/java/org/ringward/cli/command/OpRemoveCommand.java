package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.OperationEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    aliases = "delete",
    header = "Remove an operation of a resource.",
    description = "By its name, and by its interval if there are several of that name.",
    exitCodeList = "105:there is no such resource or operation",
    footer = {"Examples:", "  ringward op remove web monitor --interval 5s"})
final class OpRemoveCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "The resource.")
  private String resource = "";

  @Parameters(index = "1", paramLabel = "ACTION", description = "Its name.")
  private String action = "";

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      description = "Only the one with this interval.")
  private @Nullable String interval;

  OpRemoveCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return OperationEdits.remove(now, resource, action, interval);
  }

  @Override
  List<String> subjects() {
    return List.of(resource);
  }
}
