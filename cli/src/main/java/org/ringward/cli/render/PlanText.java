package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.admin.PlanReport.Change;

/** What a configuration changes and what the cluster does about it. */
public final class PlanText {
  private static final String INDENT = "  ";

  private PlanText() {}

  /** True when neither the configuration nor the cluster changes. */
  public static boolean isEmpty(PlanReport report) {
    return report.configurationChanges().isEmpty() && report.changes().isEmpty();
  }

  /** The report's lines; the last one sums it up. */
  public static List<String> lines(PlanReport report, Environment environment) {
    Palette palette = environment.palette();
    List<String> lines = new ArrayList<>();
    section(lines, palette, "Configuration", configuration(report));
    section(
        lines,
        palette,
        report.applied() ? "Follows" : "Would follow",
        changes(report.changes(), palette));
    if (!report.warnings().isEmpty()) {
      report.warnings().forEach(warning -> lines.add(palette.paint(Tone.NOTICE, "! " + warning)));
      lines.add("");
    }
    lines.addAll(OutlookText.lines(report, palette));
    lines.add(summary(report));
    return lines;
  }

  /** Only what follows in the cluster, and warnings; nothing when nothing does. */
  public static List<String> follows(
      List<Change> changes, List<String> warnings, Environment environment) {
    Palette palette = environment.palette();
    List<String> lines = new ArrayList<>(changes(changes, palette).lines(palette));
    warnings.forEach(warning -> lines.add(palette.paint(Tone.NOTICE, "! " + warning)));
    return lines;
  }

  private static void section(List<String> lines, Palette palette, String title, Table table) {
    if (!table.isEmpty()) {
      lines.add(palette.paint(Tone.STRONG, title));
      lines.addAll(table.lines(palette));
      lines.add("");
    }
  }

  private static Table configuration(PlanReport report) {
    Table table = new Table(INDENT);
    report.configurationChanges().forEach(change -> table.row(cell(change)));
    return table;
  }

  private static Table changes(List<Change> changes, Palette palette) {
    Table table = new Table(INDENT);
    for (Change change : changes) {
      table.row(
          cell(tone(change.action()), change.action()),
          cell(change.resource()),
          cell(Tone.NAME, way(change.from(), change.to(), palette)),
          cell(change.reason()));
    }
    return table;
  }

  /** From where to where, or where it stays. */
  static String way(String from, String to, Palette palette) {
    if (from.isEmpty() || to.isEmpty() || from.equals(to)) {
      return to.isEmpty() ? from : to;
    }
    return from + palette.arrow() + to;
  }

  /** How much an action hurts. */
  static Tone tone(String action) {
    return switch (action.toLowerCase(Locale.ROOT)) {
      case "start" -> Tone.GOOD;
      case "fence" -> Tone.BAD;
      case "probe" -> Tone.FAINT;
      default -> Tone.NOTICE;
    };
  }

  private static String summary(PlanReport report) {
    if (isEmpty(report)) {
      return "Nothing changes (version %s).".formatted(report.version());
    }
    String counts =
        "%s in the configuration, %s in the cluster"
            .formatted(count(report.configurationChanges().size()), count(report.changes().size()));
    return report.applied()
        ? "Applied as version %s: %s.".formatted(report.version(), counts)
        : "Plan against version %s: %s.".formatted(report.version(), counts);
  }

  private static String count(int changes) {
    return changes == 1 ? "1 change" : changes == 0 ? "no change" : changes + " changes";
  }
}
