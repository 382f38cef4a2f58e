package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminRequest;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.admin.GuardReport;
import org.ringward.core.admin.IncidentsReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.StatusReport;
import org.ringward.core.admin.TimelineReport;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.base.Decision;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.CibVersion;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.CibYaml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.ConfigurationDiff;
import org.ringward.core.cib.ConfigurationDigest;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.NodeEntry;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Resource;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.fence.FencePlan;
import org.ringward.core.policy.Explanation;
import org.ringward.core.policy.Schedule;
import org.ringward.core.policy.Scheduler;
import org.ringward.core.quorum.ForcedQuorum;
import org.ringward.core.story.Incidents;

/** Answers to questions, from the agreed state of the moment. */
final class Answers {
  private static final int DECISIONS_SHOWN = 10;

  private final NodeSettings settings;
  private final ClusterControl control;
  private final OperatorDesk.RingView ringView;
  private Exercises exercises = new Exercises((_, _, _) -> {}, null);

  Answers(NodeSettings settings, ClusterControl control, OperatorDesk.RingView ringView) {
    this.settings = settings;
    this.control = control;
    this.ringView = ringView;
  }

  /** Where it is kept what operators tell of rehearsals and drills. */
  void exercises(Exercises kept) {
    exercises = kept;
  }

  Exercises exercises() {
    return exercises;
  }

  StatusReport status(Moment now) {
    return statusOf(now, true).get();
  }

  /**
   * The status of this moment, whose costly part is worked out by whoever asks for it, in any
   * thread: all it uses is immutable.
   *
   * @param foresees with what may happen to quorum, which is costly at once
   */
  Supplier<StatusReport> statusOf(Moment now, boolean foresees) {
    ClusterState state = control.state();
    String ringState = ringView.state();
    String ring = ringView.ring();
    boolean quorate = control.isAgreed() && control.verdict().quorate();
    String reason = control.verdict().reason();
    @Nullable String coordinator = control.coordinatorName();
    boolean idle = control.isIdle();
    Map<String, String> evidence = evidence(state);
    List<String> own = ownWarnings();
    List<String> rings = ringView.warnings();
    GuardReport guard = ringView.guard(now);
    List<String> outlook = foresees ? ringView.quorumOutlook() : List.of();
    List<StatusReport.ExerciseLine> exercised = exercises.lines();
    return () ->
        Reports.status(
            settings.clusterName(),
            settings.nodeName(),
            ringState,
            ring,
            quorate,
            reason,
            coordinator,
            state,
            idle && nothingPending(state),
            node -> evidence.getOrDefault(node, ""),
            Stream.of(own, warnings(state), rings).flatMap(List::stream).toList(),
            guard,
            outlook,
            exercised,
            now.wallSeconds());
  }

  /** What is known of the nodes of which the report tells more than their state. */
  private Map<String, String> evidence(ClusterState state) {
    Map<String, String> evidence = new TreeMap<>();
    for (NodeState node : state.cib().status().nodes()) {
      if (NodeStates.isUnclean(node)) {
        evidence.put(node.uname(), control.unreachable().about(node.uname()));
      }
    }
    return evidence;
  }

  private static boolean nothingPending(ClusterState state) {
    return state.cib().status().nodes().stream()
        .flatMap(node -> node.histories().stream())
        .flatMap(history -> history.operations().stream())
        .noneMatch(operation -> operation.isPending() && operation.intervalMillis() == 0);
  }

  private List<String> ownWarnings() {
    List<String> warnings = new ArrayList<>();
    if (!control.isAgreed()) {
      warnings.add(
          "this node is not in agreement with others right now; what it shows is its last knowledge");
    }
    if (control.isLeaving()) {
      warnings.add(
          "this node hands its resources over and leaves the cluster; its daemon then ends");
    }
    ForcedQuorum forced = control.votes().status().forced();
    if (forced != null) {
      warnings.add("quorum was forced by " + forced.author() + ": " + forced.reason());
    }
    @Nullable String trouble = control.durability().trouble();
    if (trouble != null) {
      warnings.add(trouble);
    }
    return warnings;
  }

  private static List<String> warnings(ClusterState state) {
    List<String> warnings = new ArrayList<>();
    Configuration configuration = state.cib().configuration();
    List<String> unfenceable = new ArrayList<>();
    List<String> names = configuration.nodes().stream().map(NodeEntry::uname).toList();
    for (String name : names) {
      if (!configuration.resources().isEmpty()
          && FencePlan.of(configuration, name).executors(names).isEmpty()
          && !WatchdogProof.covers(state, name)) {
        unfenceable.add(name);
      }
    }
    if (!unfenceable.isEmpty()) {
      warnings.add(
          "no fencing device covers "
              + String.join(", ", unfenceable)
              + ": what runs there cannot be recovered when it is lost, before a person confirms");
    }
    return warnings;
  }

  private boolean hasRegions() {
    return !settings.regions().regions().isEmpty();
  }

  FencingReport fencing() {
    return new FencingAnswers(settings, control.state()).report();
  }

  DocumentReport configuration(AdminRequest request) {
    ClusterState state = control.state();
    boolean withStatus = request.option("with-status", "false").equals("true");
    String format = request.option("format", "yaml");
    String text =
        switch (format) {
          case "yaml" -> CibYaml.write(state.cib().configuration());
          case "xml" ->
              withStatus ? CibXml.write(state.cib()) : CibXml.write(state.cib().configuration());
          default ->
              throw new OperatorException(
                  ExitCode.USAGE, "format is '" + format + "'; allowed are yaml and xml");
        };
    return new DocumentReport(
        format,
        state.version().toString(),
        text,
        ConfigurationDigest.of(state.cib().configuration()));
  }

  /**
   * What a configuration means compared with the one of that state; takes its time.
   *
   * @param applied the version it got when it was put in force, null for a plan
   */
  static PlanReport plan(
      ClusterState state,
      Configuration wanted,
      List<String> warnings,
      @Nullable CibVersion applied,
      Moment now) {
    return plan(state, state.withConfiguration(wanted), warnings, applied, now);
  }

  /** What follows from another state, which may also differ in what is known of nodes. */
  static PlanReport plan(
      ClusterState state,
      ClusterState wanted,
      List<String> warnings,
      @Nullable CibVersion applied,
      Moment now) {
    Schedule schedule =
        Scheduler.schedule(AccessView.of(WatchdogProof.known(wanted.cib())), now.wallSeconds());
    List<PlanReport.Change> changes =
        schedule.changes().stream()
            .map(each ->
                new PlanReport.Change(
                    each.resource(), each.action(), each.from(), each.to(), each.why()))
            .toList();
    return new PlanReport(
        (applied == null ? state.version() : applied).toString(),
        ConfigurationDigest.of((applied == null ? state : wanted).cib().configuration()),
        applied != null,
        ConfigurationDiff.lines(state.cib().configuration(), wanted.cib().configuration()),
        changes,
        warnings);
  }

  TimelineReport timeline(AdminRequest request, Moment now) {
    long since = number(request, "since", 0);
    long from = since == 0 ? 0 : now.wallMillis() - since * 1000;
    return new TimelineReport(
        control.story().timeline().since(from, (int) number(request, "limit", 200)));
  }

  /** The same time as incidents, the latest ones. */
  IncidentsReport incidents(AdminRequest request, Moment now) {
    long since = number(request, "since", 0);
    long from = since == 0 ? 0 : now.wallMillis() - since * 1000;
    int most = (int) number(request, "limit", 50);
    List<IncidentsReport.Incident> found =
        Incidents.of(control.story().timeline().since(0, Integer.MAX_VALUE)).stream()
            .filter(each -> each.endMillis() >= from)
            .toList();
    return new IncidentsReport(
        settings.nodeName(), found.subList(Math.max(0, found.size() - most), found.size()));
  }

  private static Explanation explain(ClusterState state, long seconds) {
    return Scheduler.explain(AccessView.of(WatchdogProof.known(state.cib())), seconds);
  }

  private static long number(AdminRequest request, String option, long otherwise) {
    String text = request.option(option, Long.toString(otherwise));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new OperatorException(
          ExitCode.USAGE, option + " is '" + text + "'; a whole number is needed");
    }
  }

  /** About something else than a resource or a node; null when it is about these. */
  private @Nullable WhyReport special(AdminRequest request, String subject, Moment now) {
    WhyEvents events = new WhyEvents(control.state(), control.story().timeline());
    return switch (request.option("about", "")) {
      case "move", "ban" -> events.wish(subject, request.option("about", ""), now.wallSeconds());
      case "fence" -> events.fence(subject);
      case "" ->
          subject.equals("quorum") && !events.isKnown(subject)
              ? events.quorum(
                  settings.clusterName(),
                  control.verdict(),
                  ringView.quorumOutlook(),
                  ringView.quorumForesight())
              : null;
      default ->
          throw new OperatorException(
              ExitCode.USAGE,
              "about is '" + request.option("about", "") + "'; allowed are move, ban and fence");
    };
  }

  /** The resource whose place is asked about, null when something else is. */
  @Nullable Resource tried(AdminRequest request) {
    return request.option("about", "").isEmpty()
        ? control.state().cib().configuration().resource(request.option("subject", ""))
        : null;
  }

  /**
   * The work that answers why something is as it is; takes its time.
   *
   * @throws OperatorException when there is nothing of that name
   */
  Supplier<WhyReport> why(AdminRequest request, Moment now) {
    String subject = request.option("subject", "");
    ClusterState state = control.state();
    @Nullable WhyReport special = special(request, subject, now);
    if (special != null) {
      return () -> special;
    }
    long seconds = now.wallSeconds();
    Configuration configuration = state.cib().configuration();
    List<String> decisions = control.story().timeline().about(subject, DECISIONS_SHOWN);
    @Nullable Resource resource = configuration.resource(subject);
    if (resource != null) {
      return () -> WhyAnswers.resource(resource, state.cib(), explain(state, seconds), decisions);
    }
    if (configuration.nodes().stream().anyMatch(node -> node.uname().equals(subject))) {
      String evidence = control.unreachable().about(subject);
      NodeFencing fencing = new NodeFencing(state, subject, hasRegions());
      List<Decision> story = control.story().timeline().records(subject);
      return () ->
          WhyAnswers.node(
              subject, state, evidence, explain(state, seconds), decisions, fencing, story);
    }
    List<String> known = new ArrayList<>(Known.resources(configuration));
    configuration.nodes().forEach(node -> known.add(node.uname()));
    throw Known.unknown("resource or node", subject, known);
  }
}
