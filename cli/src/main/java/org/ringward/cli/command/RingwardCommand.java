package org.ringward.cli.command;

import java.util.concurrent.Callable;
import org.ringward.cli.demo.DemoCommand;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command without a subcommand: it shows what there is. */
@Command(
    name = "ringward",
    header = "Keeps services running on a set of Linux machines.",
    description = "Each command explains itself: ringward help COMMAND.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = RingwardCommand.Version.class,
    subcommands = {
      DemoCommand.class,
      InitCommand.class,
      StatusCommand.class,
      WhyCommand.class,
      TimelineCommand.class,
      TimingCommand.class,
      TransitionCommand.class,
      ApplyCommand.class,
      RehearseCommand.class,
      DrillCommand.class,
      ConfigCommand.class,
      AgentsCommand.class,
      ResourceCommand.class,
      GroupCommand.class,
      CloneCommand.class,
      ConstraintCommand.class,
      OpCommand.class,
      DefaultsCommand.class,
      PropertyCommand.class,
      NodeCommand.class,
      TicketCommand.class,
      MoveCommand.class,
      BanCommand.class,
      ClearCommand.class,
      StandbyCommand.class,
      UnstandbyCommand.class,
      MaintenanceCommand.class,
      CleanupCommand.class,
      FenceCommand.class,
      ConfirmCommand.class,
      VerifyCommand.class,
      SimulateCommand.class,
      SimulateClusterCommand.class,
      SimulateRingCommand.class,
      QuorumCommand.class,
      RingCommand.class,
      WitnessCommand.class,
      RegionsCommand.class,
      RegionCommand.class,
      LeaseCommand.class,
      KeygenCommand.class,
      DaemonCommand.class,
      ShutdownCommand.class,
      CompletionCommand.class,
      ManCommand.class,
      VersionCommand.class,
      HelpCommand.class
    },
    footer = {
      "Begin with:",
      "  ringward demo            three nodes on this machine, and ways to break them",
      "  ringward init            a cluster of your own (docs/tutorial.md)"
    })
public final class RingwardCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli answers it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("UnusedVariable") // picocli answers it
  private boolean version;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.number();
  }

  /** Tells picocli the version. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {VersionCommand.text()};
    }
  }
}
