package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.OptionEdits;
import picocli.CommandLine.Command;

@Command(
    name = "attribute",
    header = "Set permanent attributes of a node.",
    description = "NAME= takes one away. Constraints and rules can refer to it.",
    exitCodeList = "105:there is no such node",
    footer = {"Examples:", "  ringward node attribute b rack=a"})
final class NodeAttributeCommand extends NodeOptionsCommand {
  NodeAttributeCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now, String of, Map<String, String> values) {
    return OptionEdits.attributes(now, of, values);
  }
}
