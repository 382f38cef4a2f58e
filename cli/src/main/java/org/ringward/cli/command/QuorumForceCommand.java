package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "force",
    header = "Let this side go on although it has too few votes.",
    description = {
      "All nodes of this side are content with the votes that are here, and wait for nobody. Your"
          + " name, reason and the time are recorded, and shown until enough nodes are back.",
      "Use it only when you know that the other nodes are down and stay so. If another side goes on"
          + " as well, two nodes may write to the same data. What ran on lost nodes is still not"
          + " started elsewhere before they are fenced or confirmed to be down."
    },
    exitCodeList = {
      "1:you did not confirm it",
      "69:the nodes of this side are not in agreement yet",
      "107:this side has quorum already"
    },
    footer = {
      "Examples:",
      "  ringward quorum force --author alice --reason 'site B has burnt down'"
    })
final class QuorumForceCommand extends AnswerCommand {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, and how you know that the others are down; recorded.")
  private String reason = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  QuorumForceCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    if (!yes && !confirmed()) {
      return ExitCode.ERROR.number();
    }
    return order(Verb.QUORUM_FORCE, options("reason", reason));
  }

  private boolean confirmed() {
    List.of(
            "You say that no other side of this cluster runs, and none will be started.",
            "If one does, data can be destroyed.")
        .forEach(environment().errors()::println);
    boolean same = new Question(environment()).ask("Type force to go on: ").equals("force");
    if (!same) {
      environment().output().println("Nothing was forced.");
    }
    return same;
  }
}
