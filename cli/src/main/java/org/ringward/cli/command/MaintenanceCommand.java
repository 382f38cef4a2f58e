package org.ringward.cli.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "maintenance",
    header = "Take the hands off a node or the whole cluster.",
    description = {
      "With --on resources keep running but are neither started, stopped, moved nor watched, so that"
          + " a person can work on them. With --off the cluster looks again at everything first.",
      "Without a node it is about the whole cluster."
    },
    exitCodeList = "105:there is no such node",
    footer = {
      "Examples:",
      "  ringward maintenance --on",
      "  ringward maintenance b --on",
      "  ringward maintenance --off"
    })
final class MaintenanceCommand extends OrderCommand {
  @Parameters(arity = "0..1", paramLabel = "NODE", description = "Only this node.")
  private @Nullable String node;

  @ArgGroup(multiplicity = "1")
  private Switch position = new Switch();

  /** Exactly one of the two. */
  private static final class Switch {
    @Option(names = "--on", required = true, description = "Hands off.")
    private boolean on;

    @Option(names = "--off", required = true, description = "Take over again.")
    private boolean off;
  }

  MaintenanceCommand(Environment environment) {
    super(environment, Verb.MAINTENANCE);
  }

  private boolean on() {
    return position.on && !position.off;
  }

  @Override
  Map<String, String> orderOptions() {
    return options("node", node, "on", Boolean.toString(on()));
  }
}
