package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "resource",
    header = "Create, change, stop, move and look at resources.",
    description = {
      "Every change is an edit of the configuration in force: it is checked as a whole, applied"
          + " whole, and refused when somebody else changes the configuration at the same moment.",
      "Each command explains itself: ringward resource COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ResourceListCommand.class,
      ResourceShowCommand.class,
      ResourceCreateCommand.class,
      ResourceUpdateCommand.class,
      ResourceDeleteCommand.class,
      ResourceEnableCommand.class,
      ResourceDisableCommand.class,
      ResourceManageCommand.class,
      ResourceUnmanageCommand.class,
      ResourceRestartCommand.class,
      MoveCommand.class,
      BanCommand.class,
      ClearCommand.class,
      CleanupCommand.class,
      ResourceRefreshCommand.class,
      ResourceDebugCommand.class
    },
    footer = {
      "Examples:",
      "  ringward resource create vip ocf:heartbeat:IPaddr2 ip=10.0.0.100 op monitor interval=1s",
      "  ringward resource disable vip --wait",
      "  ringward resource show vip"
    })
final class ResourceCommand extends NounCommand {}
