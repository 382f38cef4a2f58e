package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibEdits;
import org.ringward.core.cib.CibEdits.Edit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "standby",
    header = "Move everything off a node and keep it free.",
    description = "A node in standby is a full member of the cluster but runs no resources.",
    exitCodeList = {"105:there is no such node", "106:no quorum, so nothing may change"},
    footer = {"Examples:", "  ringward standby b", "  ringward standby b --wait"})
final class StandbyCommand extends OrderCommand {
  @Parameters(paramLabel = "NODE", description = "The node.")
  private String node = "";

  StandbyCommand(Environment environment) {
    super(environment);
  }

  @Override
  Verb verb() {
    return Verb.STANDBY;
  }

  @Override
  Map<String, String> orderOptions() {
    return options("node", node, "on", "true");
  }

  @Override
  Edit preview(Cib cib) {
    return CibEdits.standby(cib.configuration(), node, true);
  }
}
