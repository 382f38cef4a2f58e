package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "defaults",
    header = "Set what holds where a resource or operation says nothing.",
    description = {
      "Resources and operations that say something themselves are not touched.",
      "Each command explains itself: ringward defaults COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DefaultsListCommand.class,
      DefaultsResourceCommand.class,
      DefaultsOperationCommand.class
    },
    footer = {"Examples:", "  ringward defaults resource resource-stickiness=100"})
final class DefaultsCommand extends NounCommand {}
