package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "node",
    header = "Look at nodes, free them, and say what they are.",
    description = {
      "Which nodes there are is said in each node's own file, not here.",
      "Each command explains itself: ringward node COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      NodeListCommand.class,
      StandbyCommand.class,
      UnstandbyCommand.class,
      MaintenanceCommand.class,
      NodeAttributeCommand.class,
      NodeUtilizationCommand.class
    },
    footer = {
      "Examples:",
      "  ringward node standby b --wait",
      "  ringward node attribute b rack=a"
    })
final class NodeCommand extends NounCommand {}
