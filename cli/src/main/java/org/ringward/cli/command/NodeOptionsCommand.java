package org.ringward.cli.command;

import java.util.List;
import java.util.Map;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.Configuration;
import picocli.CommandLine.Parameters;

/** An edit of values that a node has in the configuration. */
abstract class NodeOptionsCommand extends EditCommand {
  @Parameters(index = "0", paramLabel = "NODE", description = "The node.")
  private String node = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "NAME=VALUE",
      description = "What to set.")
  private List<String> words = List.of();

  NodeOptionsCommand(Environment environment) {
    super(environment);
  }

  /** The configuration with these values; an empty one takes a name away. */
  abstract Edit edit(Configuration now, String of, Map<String, String> values);

  @Override
  final Edit edit(Configuration now) {
    return edit(now, node, Words.pairs(words));
  }

  @Override
  final List<String> subjects() {
    return List.of(node);
  }
}
