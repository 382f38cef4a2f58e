package org.ringward.cli.command;

import java.time.Duration;
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
      "Forbids a resource, or a group as a whole, to run on the node you name; without a node, on"
          + " the one where it runs.",
      "The ban stays in the configuration as a location constraint until 'ringward clear' removes it"
          + " or its lifetime ends."
    },
    exitCodeList = {
      "105:there is no such resource or node",
      "106:no quorum, so nothing may change"
    },
    footer = {"Examples:", "  ringward ban web b", "  ringward ban web b --lifetime 30m"})
final class BanCommand extends ClusterCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "What to keep away.")
  private String resource = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "From where.")
  private @Nullable String node;

  @Option(
      names = "--lifetime",
      paramLabel = "TIME",
      description = "Forget the ban after this time, such as 90s, 10m, 2h, 1d.")
  private @Nullable Duration lifetime;

  BanCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    return order(
        Verb.BAN,
        options(
            "resource",
            resource,
            "node",
            node,
            "lifetime",
            lifetime == null ? null : Long.toString(lifetime.toSeconds())));
  }
}
