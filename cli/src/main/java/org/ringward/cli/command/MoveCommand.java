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
    name = "move",
    header = "Move a resource to another node.",
    description = {
      "Moves a resource, or a group as a whole, to the node you name; without a node, away from where it runs to the next best.",
      "The wish stays in the configuration as a location constraint, with your name, your reason and its end if you gave one; ringward status shows it, and 'ringward clear' removes it."
    },
    exitCodeList = {
      "1:with --wait, it does not run afterwards",
      "105:there is no such resource or node",
      "108:it runs there already"
    },
    footer = {
      "Examples:",
      "  ringward move web b",
      "  ringward move web b --lifetime 2h --reason \"new disk in a\" --wait",
      "  ringward clear web"
    })
final class MoveCommand extends StoppingOrderCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "What to move.")
  private String resource = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "Where to.")
  private @Nullable String node;

  @Mixin private PreferenceOptions wish = new PreferenceOptions();

  MoveCommand(Environment environment) {
    super(environment, Verb.MOVE);
  }

  @Override
  Map<String, String> orderOptions() {
    return options(
        "resource", resource, "node", node, "lifetime", wish.lifetime(), "role", wish.role());
  }

  @Override
  List<String> shallRun() {
    return List.of(resource);
  }

  @Override
  List<String> named() {
    return List.of(resource);
  }
}
