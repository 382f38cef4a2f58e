package org.ringward.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.render.IncidentHtml;
import org.ringward.cli.render.IncidentText;
import org.ringward.cli.render.TimelineText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.IncidentsReport;
import org.ringward.core.admin.TimelineReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "timeline",
    header = "Tell what the cluster decided, in order.",
    description =
        "Lists the decisions of the cluster in the order all nodes agreed on: who joined and left,"
            + " what was fenced and by which proof, what started, stopped and moved, what failed."
            + " With --incidents, the records of all nodes as incidents: first cause, what came of"
            + " it, and how the time until then was spent; --incident tells one with its critical"
            + " path.",
    exitCodeList = {"73:the page cannot be written", "105:there is no such incident"},
    footer = {
      "Examples:",
      "  ringward timeline --since 10m",
      "  ringward timeline --full --limit 20",
      "  ringward timeline --since 1d --output json",
      "  ringward timeline --incidents",
      "  ringward timeline --incident 3 --html incident-3.html"
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

  @Option(names = "--incidents", description = "As incidents instead of single decisions.")
  private boolean incidents;

  @Option(
      names = "--incident",
      paramLabel = "NUMBER",
      description = "Tell this incident: its critical path and everything that was noted.")
  private @Nullable Integer incident;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write the incidents as one self-contained page into this file.")
  private @Nullable Path html;

  @Mixin private OutputOption output = new OutputOption();

  TimelineCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    boolean asIncidents = incidents || incident != null || html != null;
    AdminReply reply =
        ask(
            Verb.TIMELINE,
            options(
                "since",
                since == null ? null : Long.toString(since.toSeconds()),
                "limit",
                limit == null ? null : limit.toString(),
                "incidents",
                asIncidents ? "true" : null));
    if (reply.exitCode() == 0 && asIncidents) {
      tellIncidents(report(reply, IncidentsReport.class));
      return tell(reply);
    }
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

  private void tellIncidents(IncidentsReport report) {
    IncidentsReport wanted = report;
    if (incident != null) {
      int number = incident;
      wanted =
          new IncidentsReport(
              report.node(),
              report.incidents().stream().filter(each -> each.number() == number).toList());
      if (wanted.incidents().isEmpty()) {
        throw new OperatorException(
            ExitCode.NO_SUCH_OBJECT,
            "There is no incident %d; this node remembers %d: see ringward timeline --incidents."
                .formatted(number, report.incidents().size()));
      }
    }
    if (html != null) {
      write(html, IncidentHtml.page(wanted, environment()));
    } else if (output.json()) {
      printJson(wanted);
    } else {
      print(IncidentText.lines(wanted, incident != null || full, environment()));
    }
  }

  private void write(Path file, String page) {
    try {
      Files.writeString(file, page);
      environment().output().println("Written to " + file + ".");
    } catch (IOException e) {
      throw new OperatorException(
          ExitCode.CANNOT_CREATE, "The file %s cannot be written: %s.".formatted(file, e));
    }
  }
}
