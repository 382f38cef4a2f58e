package org.ringward.cli.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.render.IncidentText;
import org.ringward.cli.render.PlanText;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.IncidentsReport;
import org.ringward.core.admin.IncidentsReport.Incident;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * A drill: looks whether the cluster is fit for it, shows what will happen, asks, does it, waits,
 * takes it back, and tells the incidents that came of it.
 */
abstract class Drill extends ClusterCommand {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      description = "How long each step may take (default: 120s).")
  private Duration patience = Duration.ofMinutes(2);

  /** The command around it, drill or fence. */
  @ParentCommand private @Nullable Object parent;

  @Mixin private OutputOption output = new OutputOption();

  Drill(Environment environment) {
    super(environment);
  }

  /** As the status knows it: failover or fence. */
  abstract String kind();

  /** What is drilled, in a few words. */
  abstract String subject();

  /** The configuration that the drill makes for a while, null when it makes none. */
  abstract @Nullable Configuration during(DocumentReport configuration);

  /** What is asked. */
  abstract String question(StatusReport status);

  /** Begins; the reply of the order. */
  abstract AdminReply begin();

  /** Waits until what was ordered has happened; 0 or an exit code. */
  abstract int await();

  /** Takes it back; the reply of the order, null when there is nothing to take back. */
  abstract @Nullable AdminReply end();

  @Override
  public final Integer call() {
    if (parent instanceof ClusterCommand command) {
      connectAs(command);
    }
    StatusReport status = fit();
    DocumentReport configuration = configuration();
    Configuration during = during(configuration);
    if (!yes) {
      if (during != null) {
        show(during);
      }
      if (!new Question(environment()).yes(question(status))) {
        environment().output().println("Nothing was drilled.");
        return ExitCode.ERROR.number();
      }
    }
    int before = incidents().size();
    AdminReply begun = begin();
    if (begun.exitCode() != 0) {
      return tell(begun);
    }
    int outcome = ExitCode.ERROR.number();
    int back;
    try {
      outcome = await();
    } finally {
      back = takeBack();
    }
    List<Incident> all = incidents();
    List<Incident> story = all.subList(Math.min(before, all.size()), all.size());
    told(story, configuration.version());
    return outcome != 0 ? outcome : back;
  }

  private int takeBack() {
    AdminReply reply = end();
    if (reply == null) {
      return 0;
    }
    if (reply.exitCode() != 0) {
      environment()
          .errors()
          .println(
              "ringward: the drill's change is still in force and must be taken back by hand.");
      return tell(reply);
    }
    return settled();
  }

  /** Waits until nothing is left to do. */
  final int settled() {
    return new Settling(this, patience).await(List.of(), true);
  }

  final Duration patience() {
    return patience;
  }

  final StatusReport status() {
    return answer(Verb.STATUS, options(), StatusReport.class);
  }

  private <T extends AdminReply.Report> T answer(
      Verb verb, Map<String, String> options, Class<T> type) {
    AdminReply reply = ask(verb, options);
    if (reply.exitCode() != 0) {
      throw new OperatorException(code(reply.exitCode()), reply.message());
    }
    return report(reply, type);
  }

  private static ExitCode code(int number) {
    for (ExitCode each : ExitCode.values()) {
      if (each.number() == number) {
        return each;
      }
    }
    return ExitCode.ERROR;
  }

  /** In trouble nobody drills. */
  private StatusReport fit() {
    StatusReport status = status();
    if (!status.quorate() || !status.settled()) {
      throw new OperatorException(
          ExitCode.UNSAFE,
          status.quorate()
              ? "The cluster is working on something; drill when it has settled."
              : "This side has no quorum: " + status.quorumReason() + ".");
    }
    List<String> bad =
        status.nodes().stream()
            .filter(each -> each.state().equals("unclean"))
            .map(StatusReport.NodeLine::name)
            .toList();
    if (!bad.isEmpty()) {
      throw new OperatorException(
          ExitCode.UNSAFE,
          "%s is lost and not proven to be down; this is no time for a drill."
              .formatted(String.join(", ", bad)));
    }
    return status;
  }

  private DocumentReport configuration() {
    return answer(
        Verb.CONFIGURATION, options("format", "xml", "with-status", "true"), DocumentReport.class);
  }

  private void show(Configuration during) {
    AdminReply reply =
        ask(Verb.PLAN, options("format", "xml", "file", "drill"), CibXml.write(during));
    if (reply.report() instanceof PlanReport plan) {
      print(PlanText.lines(plan, environment()));
    }
  }

  private List<Incident> incidents() {
    return answer(
            Verb.TIMELINE, options("incidents", "true", "limit", "100000"), IncidentsReport.class)
        .incidents();
  }

  private void told(List<Incident> story, String version) {
    IncidentsReport report = new IncidentsReport(status().node(), story);
    if (output.json()) {
      printJson(report);
    } else {
      print(IncidentText.lines(report, true, environment()));
    }
    String sentence = sentence(story);
    environment().errors().println(sentence);
    AdminReply kept =
        ask(Verb.EXERCISED, options("kind", kind(), "version", version, "sentence", sentence));
    if (kept.exitCode() != 0) {
      tell(kept);
    }
  }

  /** What the status shows later. */
  private String sentence(List<Incident> story) {
    if (story.isEmpty()) {
      return subject() + ": nothing had to be done";
    }
    Incident first = story.getFirst();
    String phases =
        first.phases().stream()
            .map(each -> "%s %d ms".formatted(each.name(), each.millis()))
            .collect(Collectors.joining(", "));
    List<String> parts = new ArrayList<>();
    parts.add(String.format(Locale.ROOT, "%s: %.3f s", subject(), first.pathMillis() / 1000.0));
    if (!phases.isEmpty()) {
      parts.add("(" + phases + ")");
    }
    return String.join(" ", parts);
  }
}
