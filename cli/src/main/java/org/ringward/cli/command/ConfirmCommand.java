package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.render.KnownOfNode;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Known;
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
          + " may write to the same data. Your name, reason and the time are recorded.",
      "What is known of the node is shown before you answer; a node that is a member is refused."
    },
    exitCodeList = {
      "1:the name you typed was not the node's",
      "105:there is no such node",
      "106:no quorum, so nothing may be confirmed",
      "107:the node is a member, so it is not down"
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
    KnownOfNode known = known();
    known.lines(environment()).forEach(environment().errors()::println);
    List.of(
            "You say that node %s is off, or cut off from everything its resources use."
                .formatted(node),
            "If it is not, data can be destroyed.")
        .forEach(environment().errors()::println);
    String typed = new Question(environment()).ask("Type the node's name to confirm: ");
    boolean same = typed.equals(node);
    if (!same) {
      environment().output().println(known.instead(typed));
    }
    return same;
  }

  private KnownOfNode known() {
    StatusReport status = report(ask(Verb.STATUS, options()), StatusReport.class);
    List<String> names = status.nodes().stream().map(StatusReport.NodeLine::name).toList();
    if (!names.contains(node)) {
      throw Known.unknown("node", node, names);
    }
    String refusal = new KnownOfNode(status, null, node).refusal();
    if (refusal != null) {
      throw new OperatorException(ExitCode.UNSAFE, refusal + ".");
    }
    AdminReply regions = ask(Verb.REGIONS, options());
    return new KnownOfNode(
        status, regions.report() instanceof RegionsReport report ? report : null, node);
  }
}
