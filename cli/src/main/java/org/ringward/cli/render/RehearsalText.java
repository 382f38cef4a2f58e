package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.RehearsalReport;
import org.ringward.core.admin.RehearsalReport.Case;
import org.ringward.core.admin.RehearsalReport.Move;

/**
 * A rehearsal for people: one line for each fault, resources that simply run again are summed up.
 */
public final class RehearsalText {
  private static final String INDENT = "  ";
  private static final int MOVES_SHOWN = 3;

  private RehearsalText() {}

  /**
   * The report's lines; the last one sums it up.
   *
   * @param full with every fault and every service that moved
   */
  public static List<String> lines(RehearsalReport report, boolean full, Environment environment) {
    Palette palette = environment.palette();
    List<String> lines = new ArrayList<>();
    Table table = new Table(INDENT);
    int quiet = 0;
    long slowest = 0;
    for (Case each : report.cases()) {
      if (!full && isQuiet(each)) {
        quiet++;
        slowest = Math.max(slowest, each.backAfterMillis());
      } else {
        rows(table, each, full, palette);
      }
    }
    lines.add(
        palette.paint(
            Tone.STRONG,
            "%s, version %s: %d nodes, %d resources"
                .formatted(
                    report.cluster(), report.version(), report.nodes(), report.resources())));
    lines.addAll(table.lines(palette));
    if (quiet > 0) {
      lines.add(
          "%sand %d single resources that fail run again within %s (--full shows each)"
              .formatted(INDENT, quiet, seconds(slowest)));
    }
    lines.add("");
    report
        .notes()
        .forEach(note ->
            Wrap.lines("Note: " + note + ".", "", Wrap.WIDTH)
                .forEach(line -> lines.add(palette.paint(Tone.FAINT, line))));
    lines.add("%s; played in %s.".formatted(report.sentence(), seconds(report.tookMillis())));
    return lines;
  }

  private static void rows(Table table, Case each, boolean full, Palette palette) {
    table.row(
        cell(Tone.NAME, each.fault()),
        cell(tone(each.verdict()), each.verdict()),
        cell(each.backAfterMillis() == 0 ? "" : seconds(each.backAfterMillis())),
        cell(summary(each, full, palette)));
    if (full) {
      each.moves()
          .forEach(
              move -> table.row(cell(""), cell(""), cell(""), cell("- " + text(move, palette))));
    }
  }

  private static String summary(Case each, boolean full, Palette palette) {
    List<String> parts = new ArrayList<>();
    if (!each.fenced().isEmpty()) {
      parts.add("fenced: " + String.join(", ", each.fenced()));
    }
    if (!each.lost().isEmpty()) {
      parts.add("not running any more: " + String.join(", ", each.lost()));
    }
    if (!each.sentence().isEmpty()) {
      parts.add(each.sentence());
    }
    if (!full) {
      List<Move> moves =
          each.moves().stream().filter(move -> !each.lost().contains(move.resource())).toList();
      moves.stream().limit(MOVES_SHOWN).forEach(move -> parts.add(text(move, palette)));
      if (moves.size() > MOVES_SHOWN) {
        parts.add("%d more move".formatted(moves.size() - MOVES_SHOWN));
      }
    }
    return String.join("; ", parts);
  }

  private static String text(Move move, Palette palette) {
    String gone = move.goneMillis() == 0 ? "" : " (gone " + seconds(move.goneMillis()) + ")";
    String from = move.from().isEmpty() ? "nowhere" : move.from();
    String way =
        move.to().isEmpty()
            ? "stops on " + from
            : move.from().equals(move.to())
                ? "restarts on " + from
                : from + palette.arrow() + move.to();
    return move.resource() + " " + way + gone;
  }

  private static boolean isQuiet(Case each) {
    return each.verdict().equals("recovers")
        && each.fenced().isEmpty()
        && each.fault().contains(" fails on ");
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  private static Tone tone(String verdict) {
    return switch (verdict) {
      case "untouched", "recovers" -> Tone.GOOD;
      case "unsafe" -> Tone.BAD;
      default -> Tone.NOTICE;
    };
  }
}
