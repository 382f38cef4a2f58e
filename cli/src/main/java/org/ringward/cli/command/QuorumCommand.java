package org.ringward.cli.command;

import java.util.concurrent.Callable;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "quorum",
    header = "Look at the votes, and what would happen to them.",
    description = "Each command explains itself: ringward quorum COMMAND --help.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      QuorumStatusCommand.class,
      QuorumExpectedVotesCommand.class,
      QuorumForceCommand.class
    },
    footer = {"Examples:", "  ringward quorum status", "  ringward quorum status --output json"})
final class QuorumCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
