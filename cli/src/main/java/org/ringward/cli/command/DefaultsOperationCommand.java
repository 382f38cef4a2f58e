package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.OptionEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "operation",
    aliases = "op",
    header = "Set defaults for options of operations.",
    description =
        "They hold where a resource or operation says nothing itself. NAME= takes one away.",
    footer = {"Examples:", "  ringward defaults operation timeout=30s"})
final class DefaultsOperationCommand extends EditCommand {
  @Parameters(arity = "1..*", paramLabel = "NAME=VALUE", description = "The defaults.")
  private List<String> words = List.of();

  DefaultsOperationCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return OptionEdits.operationDefaults(now, Words.pairs(words));
  }
}
