package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "ask",
    header = "Ask a node over any heartbeat region.",
    description = {
      "Sends a question in the heartbeats of all regions and shows the answer; the ring is not"
          + " needed. What can be asked is shown when the question is not understood."
    },
    footer = {"Examples:", "  ringward region ask n2", "  ringward region ask n2 hello"})
final class RegionAskCommand extends AnswerCommand {
  @Parameters(index = "0", paramLabel = "NODE", description = "The node to ask.")
  private String node = "";

  @Parameters(
      index = "1..*",
      paramLabel = "WORD",
      arity = "0..*",
      description = "The question (default: hello).")
  private List<String> question = List.of();

  RegionAskCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    String text = question.isEmpty() ? "hello" : String.join(" ", question);
    return order(Verb.INQUIRE, options("node", node, "question", text));
  }
}
