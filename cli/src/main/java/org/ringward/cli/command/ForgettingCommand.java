package org.ringward.cli.command;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An order to forget what is known of one resource or all, on one node or all. */
abstract class ForgettingCommand extends OrderCommand {
  private final @Nullable String refresh;

  @Parameters(arity = "0..1", paramLabel = "RESOURCE", description = "Only this resource.")
  private @Nullable String resource;

  @Option(names = "--node", paramLabel = "NODE", description = "Only on this node.")
  private @Nullable String node;

  /**
   * @param all also what did not fail
   */
  ForgettingCommand(Environment environment, boolean all) {
    super(environment, Verb.CLEANUP);
    this.refresh = all ? "true" : null;
  }

  @Override
  final Map<String, String> orderOptions() {
    return options("resource", resource, "node", node, "refresh", refresh);
  }
}
