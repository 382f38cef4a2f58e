package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.OptionEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "attribute",
    header = "Set permanent attributes of a node.",
    description = "NAME= takes one away. Constraints and rules can refer to it.",
    exitCodeList = {
      "105:there is no such node",
      "78:the changed configuration would have errors; they are named",
      "103:somebody else changed the configuration at the same moment",
      "106:no quorum, so nothing may change"
    },
    footer = {"Examples:", "  ringward node attribute b rack=a"})
final class NodeAttributeCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "NODE", description = "The node.")
  private String node = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "NAME=VALUE",
      description = "What to set.")
  private List<String> words = List.of();

  NodeAttributeCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return OptionEdits.attributes(now, node, Words.pairs(words));
  }

  @Override
  List<String> subjects() {
    return List.of(node);
  }
}
