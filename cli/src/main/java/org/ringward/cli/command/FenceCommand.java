package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "fence",
    header = "Cut a node off by its fencing devices, or look at what could.",
    description = {
      "Switches a node off (or resets it) at once, without stopping anything on it first. What ran"
          + " there starts elsewhere as soon as a device has proven that the node is down.",
      "list shows the devices, status which node can be proven down and which cannot, history what"
          + " was fenced and why. A node with such a name is given last, behind --."
    },
    subcommands = {FenceListCommand.class, FenceStatusCommand.class, FenceHistoryCommand.class},
    exitCodeList = {
      "1:you said no, or no device could do it",
      "105:there is no such node",
      "106:no quorum, so nothing may be fenced"
    },
    footer = {
      "Examples:",
      "  ringward fence b",
      "  ringward fence b --action off --yes",
      "  ringward fence status"
    })
final class FenceCommand extends AnswerCommand {
  /** What a device is asked to do. */
  enum Action {
    off,
    reboot
  }

  @Parameters(arity = "0..1", paramLabel = "NODE", description = "The node.")
  private String node = "";

  @Spec private CommandSpec spec = CommandSpec.create();

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
    if (node.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'NODE'.");
    }
    String question =
        "Fence node %s (%s)? Everything on it ends at once.".formatted(node, action.name());
    if (!yes && !new Question(environment()).yes(question)) {
      environment().output().println("Nothing was fenced.");
      return ExitCode.ERROR.number();
    }
    return order(Verb.FENCE, options("node", node, "action", action.name()));
  }
}
