package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.OptionEdits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    aliases = "update",
    header = "Set options of the cluster.",
    description = "docs/configuration.md lists the options. NAME= takes one away.",
    footer = {
      "Examples:",
      "  ringward property set no-quorum-policy=freeze",
      "  ringward property set maintenance-mode="
    })
final class PropertySetCommand extends EditCommand {
  @Parameters(arity = "1..*", paramLabel = "NAME=VALUE", description = "The options.")
  private List<String> words = List.of();

  @Option(names = "--force", description = "Take names that nothing knows.")
  private boolean force;

  PropertySetCommand(Environment environment) {
    super(environment);
  }

  @Override
  Edit edit(Configuration now) {
    return OptionEdits.properties(now, Words.pairs(words), force);
  }
}
