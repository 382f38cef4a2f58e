package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "property",
    header = "Set options of the cluster.",
    description = {
      "They hold for the whole cluster; docs/configuration.md lists them.",
      "Each command explains itself: ringward property COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PropertyListCommand.class, PropertySetCommand.class, PropertyUnsetCommand.class},
    footer = {
      "Examples:",
      "  ringward property set no-quorum-policy=freeze",
      "  ringward property list --all"
    })
final class PropertyCommand extends NounCommand {}
