package org.ringward.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.TimelineReport;
import org.ringward.core.base.Decision;

/** The story of the cluster, a decision a line, its reasons below it on demand. */
public final class TimelineText {
  private TimelineText() {}

  /**
   * The report's lines, oldest first.
   *
   * @param full with the reasons of each decision and what was rejected
   */
  public static List<String> lines(TimelineReport report, boolean full, Environment environment) {
    Palette palette = environment.palette();
    if (report.decisions().isEmpty()) {
      return List.of("Nothing was decided in this time.");
    }
    List<String> heads = heads(report, environment, palette);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < heads.size(); i++) {
      lines.add(heads.get(i));
      if (full) {
        Decision decision = report.decisions().get(i);
        decision.why().forEach(why -> lines.add(reason(palette, "because: " + why)));
        decision.rejected().forEach(not -> lines.add(reason(palette, "rejected: " + not)));
      }
    }
    return lines;
  }

  private static String reason(Palette palette, String text) {
    return palette.paint(Tone.FAINT, "      " + text);
  }

  private static List<String> heads(
      TimelineReport report, Environment environment, Palette palette) {
    Moment moment = new Moment(environment);
    Table table = new Table("");
    for (Decision decision : report.decisions()) {
      table.row(
          Table.cell(moment.precise(decision.wallMillis())),
          Table.cell(Tone.NAME, decision.node()),
          Table.cell(tone(decision.kind()), decision.kind().name().toLowerCase(Locale.ROOT)),
          Table.cell(decision.what()));
    }
    return table.lines(palette);
  }

  private static Tone tone(Decision.Kind kind) {
    return switch (kind) {
      case FENCE, FAILURE, GUARD -> Tone.BAD;
      case MEMBERSHIP, QUORUM, COORDINATOR, NODE -> Tone.NOTICE;
      case PLACEMENT, TRANSITION, ACTION -> Tone.PLAIN;
      case CONFIGURATION, OPERATOR -> Tone.GOOD;
    };
  }
}
