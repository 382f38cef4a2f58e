package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.Resource;
import org.ringward.core.cib.Score;
import org.ringward.core.policy.Explanation;
import org.ringward.core.policy.report.Placement;
import org.ringward.core.policy.report.PlannedStep;

/** Answers to why something is as it is, from the policy's explanation. */
final class WhyAnswers {
  /** A paragraph says so much about single instances; the table has them all. */
  private static final int SENTENCES_MAX = 6;

  private WhyAnswers() {}

  static WhyReport resource(
      Resource resource, Cib cib, Explanation explanation, List<String> decisions) {
    String subject = resource.id();
    List<Placement> placements =
        explanation.placements().stream().filter(each -> each.names().contains(subject)).toList();
    List<WhyReport.Step> steps =
        explanation.steps().stream()
            .filter(each -> each.resources().contains(subject))
            .map(WhyAnswers::step)
            .toList();
    return new WhyReport(
        subject,
        paragraph(resource, cib, placements),
        placements.stream()
            .map(each -> new WhyReport.Part(each.resource(), candidates(each)))
            .toList(),
        steps,
        decisions,
        List.of());
  }

  private static String paragraph(Resource resource, Cib cib, List<Placement> placements) {
    List<String> active =
        resource.primitives().stream()
            .map(Primitive::id)
            .flatMap(id -> ResourceView.activeOn(cib, id).stream())
            .distinct()
            .toList();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        resource.id()
            + (active.isEmpty()
                ? " is not active anywhere."
                : " is active on " + String.join(", ", active) + "."));
    placements.stream().limit(SENTENCES_MAX).map(Placement::reason).forEach(sentences::add);
    if (placements.isEmpty()) {
      sentences.add("The policy does not place it.");
    } else if (placements.size() > SENTENCES_MAX) {
      sentences.add((placements.size() - SENTENCES_MAX) + " more parts are in the full answer.");
    }
    return String.join(" ", sentences);
  }

  private static List<WhyReport.Candidate> candidates(Placement placement) {
    return placement.candidates().stream()
        .map(each ->
            new WhyReport.Candidate(
                each.node(),
                Score.text(each.score()),
                each.node().equals(placement.node()),
                each.contributions().stream()
                    .map(part -> Score.text(part.score()) + ": " + part.source())
                    .toList()))
        .toList();
  }

  private static WhyReport.Step step(PlannedStep step) {
    String action = step.node() == null ? step.action() : step.action() + " on " + step.node();
    return new WhyReport.Step(action, step.reason(), step.waitsFor());
  }

  static WhyReport node(
      String name,
      ClusterState state,
      String evidence,
      Explanation explanation,
      List<String> decisions,
      NodeFencing fencing,
      List<Decision> story) {
    List<WhyReport.Step> steps =
        explanation.steps().stream()
            .filter(each -> Objects.equals(each.node(), name) && each.resources().isEmpty())
            .map(WhyAnswers::step)
            .toList();
    return new WhyReport(
        name,
        nodeParagraph(name, state, evidence, explanation) + " " + fencing.lastTime(),
        List.of(),
        steps,
        decisions,
        fencing.rungs(story));
  }

  private static String nodeParagraph(
      String name, ClusterState state, String evidence, Explanation explanation) {
    String what =
        Reports.nodes(state.cib(), _ -> evidence).stream()
            .filter(line -> line.name().equals(name))
            .map(line ->
                name
                    + " is "
                    + line.state()
                    + (line.detail().isEmpty() ? "" : ": " + line.detail()))
            .findFirst()
            .orElse(name + " is not known");
    @Nullable NodeState node = state.node(name);
    String runs =
        node == null
            ? ""
            : node.histories().stream()
                .map(history -> history.id())
                .filter(id -> ResourceView.activeOn(state.cib(), id).contains(name))
                .collect(Collectors.joining(", "));
    String fencing =
        explanation.schedule().fencing().stream()
            .filter(verdict -> verdict.node().equals(name))
            .map(verdict -> " It has to be fenced: " + verdict.reason() + ".")
            .findFirst()
            .orElse("");
    return what
        + "."
        + (runs.isEmpty() ? " Nothing runs there." : " It runs " + runs + ".")
        + fencing;
  }
}
