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
    name = "ban",
    header = "Keep a resource away from a node.",
    description = {
      "Forbids a resource, or a group as a whole, to run on the node you name; without a node, on the one where it runs.",
      "The ban stays in the configuration as a location constraint, with your name, your reason and its end if you gave one; ringward status shows it, and 'ringward clear' removes it."
    },
    exitCodeList = {
      "105:there is no such resource or node",
      "106:no quorum, so nothing may change"
    },
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

  @Option(
      names = "--lifetime",
      paramLabel = "TIME",
      description = "How long it holds, such as 2h (without it: until it is cleared).")
  private @Nullable Duration lifetime;

  @Option(names = "--promoted", description = "It is about the promoted instance of a clone only.")
  private boolean promoted;

  BanCommand(Environment environment) {
    super(environment);
  }

  @Override
  Verb verb() {
    return Verb.BAN;
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
  List<String> named() {
    return List.of(resource);
  }
}
