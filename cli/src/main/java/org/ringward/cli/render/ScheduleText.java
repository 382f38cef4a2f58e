package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.policy.Schedule;
import org.ringward.core.policy.Schedule.Candidate;
import org.ringward.core.policy.Schedule.Contribution;
import org.ringward.core.policy.Schedule.Placement;
import org.ringward.core.policy.Schedule.PlannedChange;

/** What the scheduler would do with a saved cluster. */
public final class ScheduleText {
  private static final String INDENT = "  ";
  private static final int INFINITY = 1_000_000;

  private ScheduleText() {}

  /**
   * The schedule's lines.
   *
   * @param scores with every node's score for every resource
   * @param after the schedule of the state after the first was carried out, null for none
   */
  public static List<String> lines(
      Schedule schedule, boolean scores, @Nullable Schedule after, Environment environment) {
    Palette palette = environment.palette();
    List<String> lines = new ArrayList<>();
    section(lines, palette, "Would follow", changes(schedule, palette));
    if (scores) {
      section(lines, palette, "Scores", scores(schedule));
    }
    if (after != null) {
      section(lines, palette, "Afterwards", places(after));
    }
    schedule.warnings().forEach(warning -> lines.add(palette.paint(Tone.NOTICE, "! " + warning)));
    if (!schedule.warnings().isEmpty()) {
      lines.add("");
    }
    lines.add(summary(schedule, after));
    return lines;
  }

  private static void section(List<String> lines, Palette palette, String title, Table table) {
    if (!table.isEmpty()) {
      lines.add(palette.paint(Tone.STRONG, title));
      lines.addAll(table.lines(palette));
      lines.add("");
    }
  }

  private static Table changes(Schedule schedule, Palette palette) {
    Table table = new Table(INDENT);
    for (PlannedChange change : schedule.changes()) {
      table.row(
          cell(PlanText.tone(change.action()), change.action()),
          cell(change.resource()),
          cell(Tone.NAME, PlanText.way(change.from(), change.to(), palette)),
          cell(change.reason()));
    }
    return table;
  }

  private static Table scores(Schedule schedule) {
    Table table = new Table(INDENT);
    for (Placement placement : schedule.placements()) {
      String resource = placement.resource();
      for (Candidate candidate : placement.candidates()) {
        boolean chosen = candidate.node().equals(placement.node());
        table.row(
            cell(resource),
            cell(chosen ? Tone.GOOD : Tone.PLAIN, candidate.node()),
            cell(score(candidate.score())),
            cell(contributions(candidate)));
        resource = "";
      }
    }
    return table;
  }

  private static String contributions(Candidate candidate) {
    List<String> texts = new ArrayList<>();
    for (Contribution contribution : candidate.contributions()) {
      texts.add(score(contribution.score()) + " " + contribution.source());
    }
    return String.join(", ", texts);
  }

  private static String score(int score) {
    if (score >= INFINITY) {
      return "INFINITY";
    }
    return score <= -INFINITY ? "-INFINITY" : Integer.toString(score);
  }

  private static Table places(Schedule after) {
    Table table = new Table(INDENT);
    for (Placement placement : after.placements()) {
      String node = placement.node();
      table.row(
          cell(placement.resource()),
          node == null ? cell(Tone.NOTICE, "stopped") : cell(Tone.NAME, node),
          cell(placement.reason()));
    }
    return table;
  }

  private static String summary(Schedule schedule, @Nullable Schedule after) {
    int actions = schedule.graph().synapses().size();
    if (actions == 0) {
      return "Nothing is to be done.";
    }
    String text = "%s to be done".formatted(actions == 1 ? "1 action" : actions + " actions");
    if (after == null) {
      return text + ".";
    }
    int left = after.graph().synapses().size();
    return left == 0
        ? text + ", and then the cluster is settled."
        : text + ", and then " + (left == 1 ? "1 more." : left + " more.");
  }
}
