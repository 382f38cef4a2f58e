package org.ringward.cli.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.render.TimelineText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.TimelineReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "timeline",
    header = "Tell what the cluster decided, in order.",
    description =
        "Lists the decisions of the cluster in the order all nodes agreed on: who joined and left,"
            + " what was fenced and by which proof, what started, stopped and moved, what failed.",
    footer = {
      "Examples:",
      "  ringward timeline --since 10m",
      "  ringward timeline --full --limit 20",
      "  ringward timeline --since 1d --output json"
    })
final class TimelineCommand extends ClusterCommand {
  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only what was decided in this last time, such as 90s, 10m, 2h, 1d.")
  private @Nullable Duration since;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      description = "At most so many, the latest ones.")
  private @Nullable Integer limit;

  @Option(
      names = {"-f", "--full"},
      description = "With the reasons of each decision and what was rejected.")
  private boolean full;

  @Mixin private OutputOption output = new OutputOption();

  TimelineCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    AdminReply reply =
        ask(
            Verb.TIMELINE,
            options(
                "since",
                since == null ? null : Long.toString(since.toSeconds()),
                "limit",
                limit == null ? null : limit.toString()));
    if (reply.exitCode() == 0) {
      TimelineReport report = report(reply, TimelineReport.class);
      if (output.json()) {
        printJson(report);
      } else {
        print(TimelineText.lines(report, full, environment()));
      }
    }
    return tell(reply);
  }
}
