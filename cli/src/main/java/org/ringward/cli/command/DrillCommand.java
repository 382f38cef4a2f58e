package org.ringward.cli.command;

import picocli.CommandLine.Command;

@Command(
    name = "drill",
    header = "Try a failover or a fencing on the running cluster, with a report.",
    description = {
      "A drill is real: services are stopped and started. It shows what will happen and asks first,"
          + " takes back what it wanted when it is done, and tells where the time went."
          + " 'ringward status' shows how long ago each kind of drill was.",
      "Each command explains itself: ringward drill COMMAND --help. To try without touching the"
          + " cluster: ringward rehearse."
    },
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DrillFailoverCommand.class, DrillFenceCommand.class},
    footer = {
      "Examples:",
      "  ringward drill failover web",
      "  ringward drill failover b --yes",
      "  ringward drill fence b"
    })
final class DrillCommand extends NounCommand {}
