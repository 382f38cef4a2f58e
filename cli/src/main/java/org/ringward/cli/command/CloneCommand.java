package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "clone",
    header = "Run resources on several nodes.",
    description = {
      "A clone runs instances of a primitive or group; promotable ones have two roles.",
      "Each command explains itself: ringward clone COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {CloneListCommand.class, CloneCreateCommand.class, CloneRemoveCommand.class},
    footer = {"Examples:", "  ringward clone create cache interleave=true"})
final class CloneCommand extends NounCommand {}
