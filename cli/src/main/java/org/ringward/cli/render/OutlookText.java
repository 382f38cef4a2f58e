package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.PlanReport.Failure;

/**
 * What every single failure would lead to: one line each, the harmless ones of resources summed up.
 */
final class OutlookText {
  private static final String INDENT = "  ";

  private OutlookText() {}

  /** The lines of what was foreseen; none when nobody asked. */
  static List<String> lines(PlanReport report, Palette palette) {
    List<String> lines = new ArrayList<>();
    if (!report.timeouts().isEmpty()) {
      lines.add(palette.paint(Tone.STRONG, "Times that do not fit"));
      report.timeouts().forEach(each -> lines.addAll(Wrap.lines(each, INDENT, Wrap.WIDTH)));
      lines.add("");
    }
    if (report.outlook().isEmpty()) {
      return lines;
    }
    lines.add(palette.paint(Tone.STRONG, "If one thing fails then"));
    Table table = new Table(INDENT);
    int quiet = 0;
    for (Failure failure : report.outlook()) {
      if (isQuiet(failure)) {
        quiet++;
        continue;
      }
      table.row(
          cell(Tone.NAME, failure.part() + " " + failure.subject()),
          cell(tone(failure.verdict()), failure.verdict()),
          cell(failure.sentence()));
      failure.effects().forEach(effect -> table.row(cell(""), cell(""), cell("- " + effect)));
    }
    lines.addAll(table.lines(palette));
    if (quiet > 0) {
      lines.add(
          INDENT
              + (quiet == 1
                  ? "1 resource, failing alone, runs again by itself"
                  : quiet + " resources, each failing alone, run again by themselves"));
    }
    lines.add("");
    return lines;
  }

  /** A resource that runs again, and would also where it does not start any more. */
  private static boolean isQuiet(Failure failure) {
    return failure.part().equals("resource")
        && failure.verdict().equals("recovers")
        && failure.effects().stream().noneMatch(each -> each.endsWith("stays stopped"));
  }

  private static Tone tone(String verdict) {
    return switch (verdict) {
      case "untouched", "recovers" -> Tone.GOOD;
      case "unsafe" -> Tone.BAD;
      default -> Tone.NOTICE;
    };
  }
}
