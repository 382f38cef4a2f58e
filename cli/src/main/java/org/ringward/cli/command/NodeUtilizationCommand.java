package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.OptionEdits;
import picocli.CommandLine.Command;

@Command(
    name = "utilization",
    header = "Set capacities of a node.",
    description =
        "Whole numbers; resources say what they take of them. NAME= takes one away. They count when placement-strategy is not default.",
    exitCodeList = "105:there is no such node",
    footer = {"Examples:", "  ringward node utilization b memory=4096 cpu=8"})
final class NodeUtilizationCommand extends NodeOptionsCommand {
  NodeUtilizationCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now, String of, Map<String, String> values) {
    return OptionEdits.utilization(now, of, values);
  }
}
