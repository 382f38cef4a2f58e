package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.cib.Cib;
import org.ringward.core.graph.TransitionGraph;

/**
 * One schedule of a saved cluster, with the parts of its summary as lines. The lines are indented
 * as they are shown; headings are not among them.
 *
 * @param notes what comes before everything: warnings about the configuration
 * @param status the cluster before
 * @param changes what would be done, a line for each resource and node
 * @param executing the actions, one after another
 * @param revised the cluster after all actions
 * @param scores allocation scores, empty when nobody asked
 * @param utilization capacities, empty when nobody asked
 * @param after the cib after all actions
 */
public record SimulationRun(
    TransitionGraph graph,
    List<String> notes,
    List<String> status,
    List<String> changes,
    List<String> executing,
    List<String> revised,
    List<String> scores,
    List<String> utilization,
    Cib after) {
  public SimulationRun {
    notes = List.copyOf(notes);
    status = List.copyOf(status);
    changes = List.copyOf(changes);
    executing = List.copyOf(executing);
    revised = List.copyOf(revised);
    scores = List.copyOf(scores);
    utilization = List.copyOf(utilization);
  }

  /**
   * What is shown of it.
   *
   * @param timeLine how the time was fixed, empty when it was not
   * @param modifications what was made up, without indentation
   * @param schedule with what would be done
   * @param execute with the actions and the cluster after them
   */
  public record Shown(
      String timeLine,
      List<String> modifications,
      boolean quiet,
      boolean schedule,
      boolean execute,
      boolean scores,
      boolean utilization) {}

  /** The whole text as lines, in the order and with the headings that crm_simulate has. */
  public List<String> lines(Shown shown) {
    List<String> lines = new ArrayList<>();
    if (!shown.quiet()) {
      line(lines, shown.timeLine());
      lines.addAll(notes);
      section(lines, "Current cluster status", status);
      if (!shown.modifications().isEmpty()) {
        List<String> made = shown.modifications().stream().map(each -> "  * " + each).toList();
        section(lines, "Performing Requested Modifications", made);
      }
    }
    if (shown.scores()) {
      scores(lines, shown.quiet(), "Assignment Scores", scores);
    }
    if (shown.utilization()) {
      scores(lines, shown.quiet(), "Utilization Information", utilization);
    }
    if (!shown.quiet() && (shown.schedule() || shown.execute())) {
      section(lines, "Transition Summary", changes);
    }
    if (!shown.quiet() && shown.execute()) {
      section(lines, "Executing Cluster Transition", executing);
      lines.removeLast();
      line(lines, shown.timeLine());
      lines.add("");
      section(lines, "Revised Cluster Status", revised);
    }
    while (!lines.isEmpty() && lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    return lines;
  }

  private static void line(List<String> lines, String text) {
    if (!text.isEmpty()) {
      lines.add(text);
    }
  }

  private static void section(List<String> lines, String title, List<String> content) {
    lines.add(title + ":");
    lines.addAll(content);
    lines.add("");
  }

  private static void scores(
      List<String> lines, boolean plain, String title, List<String> content) {
    if (plain) {
      lines.addAll(content);
    } else {
      section(lines, title, content.stream().map(each -> "  * " + each).toList());
    }
  }
}
