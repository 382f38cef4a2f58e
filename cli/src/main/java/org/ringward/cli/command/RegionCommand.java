package org.ringward.cli.command;

import java.util.concurrent.Callable;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "region",
    header = "Ask a node over heartbeat regions; make and look at those on disks.",
    description = "Each command explains itself: ringward region COMMAND --help.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RegionAskCommand.class,
      RegionFormatCommand.class,
      RegionDumpCommand.class,
      RegionWatchCommand.class
    },
    footer = {"Examples:", "  ringward region ask n2"})
final class RegionCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
