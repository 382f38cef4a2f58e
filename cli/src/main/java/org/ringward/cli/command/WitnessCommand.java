package org.ringward.cli.command;

import java.util.concurrent.Callable;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "witness",
    header = "Run a network witness for clusters, and let nodes use it.",
    description = {
      "A network witness gives its vote to one side of a divided cluster. It runs on a machine"
          + " outside the clusters; one serves many.",
      "Each command explains itself: ringward witness COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      WitnessRunCommand.class,
      WitnessTokenCommand.class,
      WitnessEnrolCommand.class,
      WitnessRevokeCommand.class,
      WitnessStatusCommand.class
    },
    footer = {
      "Examples:",
      "  ringward witness run                              on the machine of the witness",
      "  ringward witness token alpha --nodes 3            there too; prints a token",
      "  ringward witness enrol witness.example.org TOKEN  on each node of cluster alpha"
    })
final class WitnessCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
