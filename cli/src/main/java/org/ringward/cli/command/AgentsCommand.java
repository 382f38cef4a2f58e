package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "agents",
    header = "List and explain the agents of this machine.",
    description = {
      "Agents are the programs by which the cluster starts, stops, watches and fences. They are"
          + " looked for on this machine; no daemon is needed.",
      "Each command explains itself: ringward agents COMMAND --help."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {AgentsListCommand.class, AgentsDescribeCommand.class},
    footer = {
      "Examples:",
      "  ringward agents list ocf",
      "  ringward agents describe ocf:heartbeat:IPaddr2"
    })
final class AgentsCommand extends NounCommand {}
