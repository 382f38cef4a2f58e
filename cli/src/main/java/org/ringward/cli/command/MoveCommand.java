package org.ringward.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
      "106:no quorum, so nothing may change",
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

  @Option(
      names = "--lifetime",
      paramLabel = "TIME",
      description = "How long it holds, such as 2h (without it: until it is cleared).")
  private @Nullable Duration lifetime;

  @Option(names = "--promoted", description = "It is about the promoted instance of a clone only.")
  private boolean promoted;

  MoveCommand(Environment environment) {
    super(environment);
  }

  @Override
  Verb verb() {
    return Verb.MOVE;
  }

  @Override
  Map<String, String> orderOptions() {
    return options(
        "resource",
        resource,
        "node",
        node,
        "lifetime",
        lifetime == null ? null : lifetime.toSeconds() + "s",
        "role",
        promoted ? "Promoted" : null);
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
