package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "constraint",
    header = "Say where resources run, together and in which order.",
    description = {
      "Constraints are listed and removed by their ids.",
      "Each command explains itself: ringward constraint COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ConstraintListCommand.class,
      ConstraintLocationCommand.class,
      ConstraintOrderCommand.class,
      ConstraintColocationCommand.class,
      ConstraintTicketCommand.class,
      ConstraintRemoveCommand.class
    },
    footer = {
      "Examples:",
      "  ringward constraint location web prefers a=100",
      "  ringward constraint order vip then web"
    })
final class ConstraintCommand extends NounCommand {}
