package org.ringward.cli.command;

import java.util.concurrent.Callable;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "ring",
    header = "Look at the ring below the cluster, and change it.",
    description = "Each command explains itself: ringward ring COMMAND --help.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RingStatusCommand.class,
      RingLinksCommand.class,
      RingReloadCommand.class,
      RingRunCommand.class,
      RingBenchCommand.class,
      KeygenCommand.class
    },
    footer = {"Examples:", "  ringward ring status", "  ringward ring links --output json"})
final class RingCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
