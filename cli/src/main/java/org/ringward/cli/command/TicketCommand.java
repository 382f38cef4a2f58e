package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "ticket",
    header = "Grant, revoke and rest tickets.",
    description = {
      "A ticket says that a site may run what needs it (ringward constraint ticket). Tickets are part"
          + " of the cluster's state, not of its configuration: after all nodes were down they are not"
          + " granted.",
      "Each command explains itself: ringward ticket COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TicketListCommand.class,
      TicketGrantCommand.class,
      TicketRevokeCommand.class,
      TicketStandbyCommand.class,
      TicketActivateCommand.class
    },
    footer = {"Examples:", "  ringward ticket grant site-a --reason 'site b is down'"})
final class TicketCommand extends NounCommand {}
