package org.ringward.cli.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "cleanup",
    header = "Forget failures.",
    description =
        "Sets fail counts back and forgets failed operations, so that a resource may run again where it failed. Its state is probed anew. Without arguments this is done for everything.",
    exitCodeList = {
      "105:there is no such resource or node",
      "106:no quorum, so nothing may change"
    },
    footer = {
      "Examples:",
      "  ringward cleanup",
      "  ringward cleanup web-server",
      "  ringward cleanup web-server --node b"
    })
final class CleanupCommand extends OrderCommand {
  @Parameters(arity = "0..1", paramLabel = "RESOURCE", description = "Only this resource.")
  private @Nullable String resource;

  @Option(names = "--node", paramLabel = "NODE", description = "Only on this node.")
  private @Nullable String node;

  CleanupCommand(Environment environment) {
    super(environment);
  }

  @Override
  Verb verb() {
    return Verb.CLEANUP;
  }

  @Override
  Map<String, String> orderOptions() {
    return options("resource", resource, "node", node);
  }
}
