package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "reload",
    header = "Make every node read its configuration again.",
    description = {
      "This node reads its configuration file first. When everything in it can be changed while the"
          + " ring runs, all nodes are asked to do the same: timers, links, votes and keys change"
          + " without an interruption.",
      "What can be changed by a restart only is named and left as it is. When something in the file"
          + " is wrong, nothing is changed anywhere.",
      "Copy the file to all nodes first; each reads its own."
    },
    exitCodeList = {"78:the configuration file has an error, nothing was changed"},
    footer = {"Examples:", "  ringward ring reload --check", "  ringward ring reload"})
final class RingReloadCommand extends AnswerCommand {
  @Option(names = "--check", description = "Say what would change on this node, change nothing.")
  private boolean check;

  RingReloadCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    return order(Verb.RING_RELOAD, options("check", check ? "true" : null));
  }
}
