package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.TimingReport;
import org.ringward.core.admin.TimingReport.Path;
import org.ringward.core.admin.TimingReport.Rule;
import org.ringward.core.admin.TimingReport.Time;

/** The budget of time: the times, what a failover takes, and what must hold. */
public final class TimingText {
  private static final String INDENT = "  ";

  private TimingText() {}

  /** The report's lines. */
  public static List<String> lines(TimingReport report, Palette palette) {
    List<String> lines = new ArrayList<>();
    String wanted =
        report.failoverWithinMillis() == 0
            ? "failover_within is not set"
            : "failover_within " + report.failoverWithinMillis() + " ms";
    lines.add(palette.paint(Tone.STRONG, report.node()) + palette.dot() + wanted);
    section(lines, palette, "Times", times(report));
    section(lines, palette, "From a lost node to its services, at worst", paths(report));
    section(lines, palette, "What must hold", rules(report));
    return lines;
  }

  private static void section(List<String> lines, Palette palette, String title, Table table) {
    if (!table.isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, title));
      lines.addAll(table.lines(palette));
    }
  }

  private static Table times(TimingReport report) {
    Table table = new Table(INDENT);
    for (Time time : report.times()) {
      table.row(
          cell(time.name()),
          cell(Tone.STRONG, time.millis() + " ms"),
          cell(Tone.FAINT, time.origin()),
          cell(time.meaning()));
    }
    return table;
  }

  private static Table paths(TimingReport report) {
    Table table = new Table(INDENT);
    for (Path path : report.paths()) {
      String length = path.known() ? path.millis() + " ms" : "no bound";
      table.row(cell(path.name()), cell(Tone.STRONG, length), cell(path.sum()));
    }
    return table;
  }

  private static Table rules(TimingReport report) {
    Table table = new Table(INDENT);
    for (Rule rule : report.rules()) {
      Tone tone = rule.holds() ? Tone.GOOD : rule.needed() ? Tone.BAD : Tone.NOTICE;
      String verdict = rule.holds() ? "holds" : rule.needed() ? "BROKEN" : "warning";
      table.row(
          cell(tone, verdict),
          cell(rule.inequality()),
          cell(rule.numbers()),
          cell(rule.holds() ? "" : rule.consequence()));
    }
    return table;
  }
}
