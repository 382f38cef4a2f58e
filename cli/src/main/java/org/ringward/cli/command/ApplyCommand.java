package org.ringward.cli.command;

import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "apply",
    header = "Make a file the configuration of the cluster.",
    description = {
      "Shows the plan first: what changes in the configuration, what will start, stop or move, and"
          + " why; which times do not fit together; and for each single failure (node, link, region,"
          + " fencing device, resource) what would happen then, worked out by the scheduler. Then it"
          + " asks, applies, and waits until a majority of the nodes has it on disk.",
      "A plan is only applied to the configuration it was made for: if somebody has changed that in"
          + " between, nothing happens and you are told. 'ringward config history' keeps what was."
    },
    exitCodeList = {
      "1:you said no",
      "2:--dry-run found changes",
      "78:the file has errors; they are named with their lines",
      "103:the configuration changed since the plan was made"
    },
    footer = {
      "Examples:",
      "  ringward apply web.yaml",
      "  ringward apply --dry-run web.yaml || echo 'not what is running'",
      "  ringward config | sed 's/monitor: 10s/monitor: 5s/' | ringward apply --yes -"
    })
final class ApplyCommand extends ApplyingCommand {
  @Parameters(
      paramLabel = "FILE",
      description = "The configuration as YAML or CIB XML; - reads standard input.")
  private String file = "";

  ApplyCommand(Environment environment) {
    super(environment);
  }

  @Override
  Document document() {
    return Document.read(file, environment());
  }

  @Override
  @Nullable String what() {
    return null;
  }
}
