package org.ringward.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.render.WhyText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "why",
    header = "Explain why a resource or node is as it is.",
    description =
        "Says in plain words why a resource runs where it runs (or nowhere), and what alone would"
            + " have made that different, tried with the scheduler; why a node is in its state; why"
            + " there is quorum or not; why a move or ban is in force; why a node was fenced or is"
            + " not. With --full also every node's score with what contributed to it or ruled the"
            + " node out, the actions that are planned with their reasons, and the latest"
            + " decisions.",
    exitCodeList = "105:there is no such resource or node",
    footer = {
      "Examples:",
      "  ringward why web",
      "  ringward why --full web-ip",
      "  ringward why b",
      "  ringward why quorum",
      "  ringward why move web",
      "  ringward why fence b"
    })
final class WhyCommand extends ClusterCommand {
  private static final List<String> EVENTS = List.of("move", "ban", "fence");

  @Parameters(
      paramLabel = "SUBJECT",
      arity = "1..2",
      description = "A resource, a node, or quorum; or move RESOURCE, ban RESOURCE, fence NODE.")
  private List<String> subject = new ArrayList<>();

  @Option(
      names = {"-f", "--full"},
      description = "With scores, planned actions, and the latest decisions.")
  private boolean full;

  @Mixin private OutputOption output = new OutputOption();

  WhyCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    boolean event = subject.size() == 2;
    if (event && !EVENTS.contains(subject.getFirst())) {
      throw new OperatorException(
          ExitCode.USAGE,
          "'%s' is nothing to ask about; allowed are %s, or a resource, node or quorum alone."
              .formatted(subject.getFirst(), String.join(", ", EVENTS)));
    }
    AdminReply reply =
        ask(
            Verb.WHY,
            options("subject", subject.getLast(), "about", event ? subject.getFirst() : null));
    if (reply.exitCode() == 0) {
      WhyReport report = report(reply, WhyReport.class);
      if (output.json()) {
        printJson(report);
      } else {
        print(WhyText.lines(report, full, environment()));
      }
    }
    return tell(reply);
  }
}
