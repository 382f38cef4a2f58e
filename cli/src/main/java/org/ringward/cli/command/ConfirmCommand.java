package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "confirm",
    header = "Confirm as a person that a node is down.",
    description = {
      "Tells the cluster that you know a lost node to be powered off, or cut off from everything its"
          + " resources use. The cluster believes you and starts them elsewhere.",
      "Use it only when no fencing device can prove it. If the node is alive after all, two nodes"
          + " may write to the same data. Your name, reason and the time are recorded."
    },
    exitCodeList = {
      "1:the name you typed was not the node's",
      "105:there is no such node",
      "106:no quorum, so nothing may be confirmed"
    },
    footer = {"Examples:", "  ringward confirm b --reason 'pulled both power cords, rack 4'"})
final class ConfirmCommand extends AnswerCommand {
  @Parameters(paramLabel = "NODE", description = "The node that is down.")
  private String node = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "How you know it; recorded.")
  private String reason = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask for the node's name.")
  private boolean yes;

  ConfirmCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    if (!yes && !confirmed()) {
      return ExitCode.ERROR.number();
    }
    return order(Verb.CONFIRM, options("node", node, "reason", reason));
  }

  private boolean confirmed() {
    List.of(
            "You say that node %s is off, or cut off from everything its resources use."
                .formatted(node),
            "If it is not, data can be destroyed.")
        .forEach(environment().errors()::println);
    boolean same =
        new Question(environment()).ask("Type the node's name to confirm: ").equals(node);
    if (!same) {
      environment().output().println("That is not its name; nothing was confirmed.");
    }
    return same;
  }
}
