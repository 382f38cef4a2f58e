package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "fence",
    header = "Cut a node off by its fencing devices.",
    description =
        "Switches a node off (or resets it) at once, without stopping anything on it first. What ran"
            + " there starts elsewhere as soon as a device has proven that the node is down.",
    exitCodeList = {
      "1:you said no, or no device could do it",
      "105:there is no such node",
      "106:no quorum, so nothing may be fenced"
    },
    footer = {"Examples:", "  ringward fence b", "  ringward fence b --action off --yes"})
final class FenceCommand extends ClusterCommand {
  /** What a device is asked to do. */
  enum Action {
    off,
    reboot
  }

  @Parameters(paramLabel = "NODE", description = "The node.")
  private String node = "";

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      defaultValue = "reboot",
      description = "off or reboot (default: ${DEFAULT-VALUE}).")
  private Action action = Action.reboot;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  FenceCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    String question =
        "Fence node %s (%s)? Everything on it ends at once.".formatted(node, action.name());
    if (!yes && !new Question(environment()).yes(question)) {
      environment().output().println("Nothing was fenced.");
      return ExitCode.ERROR.number();
    }
    return order(Verb.FENCE, options("node", node, "action", action.name()));
  }
}
