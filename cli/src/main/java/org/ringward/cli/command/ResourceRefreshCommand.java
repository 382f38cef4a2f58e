package org.ringward.cli.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "refresh",
    header = "Forget all that is known of resources, and look anew.",
    description =
        "Like cleanup, but also where nothing failed: every node probes what runs on it. Without arguments this is done for everything.",
    exitCodeList = {
      "105:there is no such resource or node",
      "106:no quorum, so nothing may change"
    },
    footer = {
      "Examples:",
      "  ringward resource refresh",
      "  ringward resource refresh web --node b"
    })
final class ResourceRefreshCommand extends OrderCommand {
  @Parameters(arity = "0..1", paramLabel = "RESOURCE", description = "Only this resource.")
  private @Nullable String resource;

  @Option(names = "--node", paramLabel = "NODE", description = "Only on this node.")
  private @Nullable String node;

  ResourceRefreshCommand(Environment environment) {
    super(environment);
  }

  @Override
  Verb verb() {
    return Verb.CLEANUP;
  }

  @Override
  Map<String, String> orderOptions() {
    return options("resource", resource, "node", node, "refresh", "true");
  }
}
