package org.ringward.cli.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "ban",
    header = "Keep a resource away from a node.",
    description = {
      "Forbids a resource, or a group as a whole, to run on the node you name; without a node, on the one where it runs.",
      "The ban stays in the configuration as a location constraint, with your name, your reason and its end if you gave one; ringward status shows it, and 'ringward clear' removes it."
    },
    exitCodeList = "105:there is no such resource or node",
    footer = {
      "Examples:",
      "  ringward ban web b",
      "  ringward ban web b --lifetime 30m --reason \"b is slow\"",
      "  ringward clear web b"
    })
final class BanCommand extends StoppingOrderCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "What to keep away.")
  private String resource = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "From where.")
  private @Nullable String node;

  @Mixin private PreferenceOptions wish = new PreferenceOptions();

  BanCommand(Environment environment) {
    super(environment, Verb.BAN);
  }

  @Override
  Map<String, String> orderOptions() {
    return options(
        "resource", resource, "node", node, "lifetime", wish.lifetime(), "role", wish.role());
  }

  @Override
  List<String> named() {
    return List.of(resource);
  }
}
