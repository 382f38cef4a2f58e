package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;

@Command(
    name = "shutdown",
    header = "End the daemon of this node in good order.",
    description =
        "Moves the resources of this node to others, leaves the ring, and ends the daemon. The same"
            + " happens when the daemon gets SIGTERM.",
    footer = {"Examples:", "  ringward shutdown"})
final class ShutdownCommand extends AnswerCommand {
  ShutdownCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    return order(Verb.SHUTDOWN, options());
  }
}
