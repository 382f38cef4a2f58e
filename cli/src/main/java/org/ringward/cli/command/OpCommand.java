package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "op",
    header = "Add, change and remove operations of resources.",
    description = {
      "What a resource has no operation for is done with the defaults; what has no monitor is not watched.",
      "Each command explains itself: ringward op COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {OpListCommand.class, OpAddCommand.class, OpRemoveCommand.class},
    footer = {"Examples:", "  ringward op add web monitor interval=5s"})
final class OpCommand extends NounCommand {}
