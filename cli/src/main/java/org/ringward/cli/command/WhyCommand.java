package org.ringward.cli.command;

import org.ringward.cli.render.WhyText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.WhyReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "why",
    header = "Explain why a resource or node is as it is.",
    description =
        "Says in plain words why a resource runs where it runs (or nowhere), or why a node is in its"
            + " state. With --full also every node's score with what contributed to it or ruled the"
            + " node out, the actions that are planned with their reasons, and the latest"
            + " decisions.",
    exitCodeList = "105:there is no such resource or node",
    footer = {
      "Examples:",
      "  ringward why web",
      "  ringward why --full web-ip",
      "  ringward why b"
    })
final class WhyCommand extends ClusterCommand {
  @Parameters(paramLabel = "RESOURCE|NODE", description = "What you wonder about.")
  private String subject = "";

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
    AdminReply reply = ask(Verb.WHY, options("subject", subject));
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
