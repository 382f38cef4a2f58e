package org.ringward.cli.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "restart",
    header = "Stop a resource and start it again.",
    description =
        "Restarts it where it runs, in one step of the cluster: what depends on it is stopped before and started after it, and nothing stays switched off if this command is interrupted.",
    exitCodeList = {
      "1:with --wait, it does not run afterwards",
      "64:it does not run",
      "105:there is no such resource or node"
    },
    footer = {
      "Examples:",
      "  ringward resource restart web --wait",
      "  ringward resource restart cache-clone b"
    })
final class ResourceRestartCommand extends StoppingOrderCommand {
  @Parameters(index = "0", paramLabel = "RESOURCE", description = "What to restart.")
  private String resource = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NODE",
      description = "Only the instance on this node.")
  private @Nullable String node;

  ResourceRestartCommand(Environment environment) {
    super(environment, Verb.RESTART);
  }

  @Override
  Map<String, String> orderOptions() {
    return options("resource", resource, "node", node);
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
