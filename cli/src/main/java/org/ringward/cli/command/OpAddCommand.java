package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NewResource;
import org.ringward.core.cib.OperationEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    header = "Add an operation to a resource, or change it.",
    description =
        "An operation of the same name and interval is changed, another one is added. Options: interval, timeout, on-fail, role, enabled, start-delay and OCF_CHECK_LEVEL.",
    exitCodeList = "105:there is no such resource",
    footer = {
      "Examples:",
      "  ringward op add web monitor interval=5s timeout=10s",
      "  ringward op add db monitor interval=4s role=Promoted"
    })
final class OpAddCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "The resource.")
  private String resource = "";

  @Parameters(index = "1", paramLabel = "ACTION", description = "start, stop, monitor ...")
  private String action = "";

  @Parameters(
      index = "2..*",
      arity = "0..*",
      paramLabel = "NAME=VALUE",
      description = "Its options.")
  private @Nullable List<String> words;

  OpAddCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return OperationEdits.add(
        now, resource, new NewResource.WantedOperation(action, Words.pairs(words)));
  }

  @Override
  List<String> subjects() {
    return List.of(resource);
  }
}
