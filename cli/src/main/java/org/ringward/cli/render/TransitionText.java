package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.TransitionReport;
import org.ringward.core.admin.TransitionReport.ActionLine;

/** A transition: one line about it, then a line for each action. */
public final class TransitionText {
  private static final String INDENT = "  ";

  private TransitionText() {}

  /** The report's lines. */
  public static List<String> lines(TransitionReport report, Palette palette) {
    List<String> lines = new ArrayList<>();
    lines.add(palette.paint(Tone.STRONG, report.node()) + palette.dot() + report.summary());
    if (!report.aborted().isEmpty() && !report.summary().contains(report.aborted())) {
      lines.add(INDENT + "Nothing new is started: " + report.aborted());
    }
    if (report.number() != 0 && !report.whole()) {
      lines.add(
          INDENT
              + "This node does not coordinate; ask on "
              + report.coordinator()
              + " for what waits.");
    }
    Table table = new Table(INDENT);
    for (ActionLine action : report.actions()) {
      String what = action.operation() + (action.resource().isEmpty() ? "" : " ");
      table.row(
          cell(Tone.FAINT, Integer.toString(action.id())),
          cell(tone(action.state()), action.state()),
          cell(what + action.resource()),
          cell(action.onNode()),
          cell(action.tookMillis() == 0 ? "" : action.tookMillis() + " ms"),
          cell(Tone.FAINT, after(action)));
    }
    if (!table.isEmpty()) {
      lines.add("");
      lines.addAll(table.lines(palette));
    }
    return lines;
  }

  private static String after(ActionLine action) {
    return action.after().isEmpty()
        ? ""
        : "after " + action.after().stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private static Tone tone(String state) {
    return switch (state) {
      case "done" -> Tone.GOOD;
      case "failed" -> Tone.BAD;
      case "running" -> Tone.NOTICE;
      default -> Tone.FAINT;
    };
  }
}
