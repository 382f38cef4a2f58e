package org.ringward.cli.command;

import java.util.concurrent.Callable;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "lease",
    header = "Resources that applications share: run a program under a lease, list who holds what.",
    description = {
      "A lease is the right to use a resource by name for a while, alone or shared, with a fencing"
          + " token that is larger than every one given before (docs/leases.md).",
      "Each command explains itself: ringward lease COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {LeaseRunCommand.class, LeaseListCommand.class},
    footer = {"Examples:", "  ringward lease run backup -- /usr/local/bin/backup"})
final class LeaseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }
}
