package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.OptionEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "resource",
    aliases = "rsc",
    header = "Set defaults for meta attributes of resources.",
    description =
        "They hold where a resource or operation says nothing itself. NAME= takes one away.",
    footer = {"Examples:", "  ringward defaults resource resource-stickiness=100"})
final class DefaultsResourceCommand extends EditCommand {
  @Parameters(arity = "1..*", paramLabel = "NAME=VALUE", description = "The defaults.")
  private List<String> words = List.of();

  DefaultsResourceCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return OptionEdits.resourceDefaults(now, Words.pairs(words));
  }
}
