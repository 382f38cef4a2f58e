package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "group",
    header = "Make, change and end groups.",
    description = {
      "Members of a group run on one node, start in their order and stop in the reverse order.",
      "Each command explains itself: ringward group COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {GroupListCommand.class, GroupAddCommand.class, GroupRemoveCommand.class},
    footer = {"Examples:", "  ringward group add site vip web"})
final class GroupCommand extends NounCommand {}
