package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.WhyReport;
import org.ringward.core.admin.WhyReport.Candidate;
import org.ringward.core.admin.WhyReport.Part;
import org.ringward.core.admin.WhyReport.RungLine;
import org.ringward.core.admin.WhyReport.Step;

/** Why something is as it is: the paragraph first, the sums behind it on demand. */
public final class WhyText {
  private static final String INDENT = "  ";

  private WhyText() {}

  /**
   * The report's lines.
   *
   * @param full with every node's score, what would be done now and the latest decisions
   */
  public static List<String> lines(WhyReport report, boolean full, Environment environment) {
    Palette palette = environment.palette();
    List<String> lines = new ArrayList<>(Wrap.lines(report.paragraph(), "", Wrap.WIDTH));
    if (!report.rungs().isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, "The fencing ladder"));
      lines.addAll(rungs(report.rungs()).lines(palette));
    }
    section(lines, palette, "Facts", report.facts());
    differences(lines, report, palette);
    if (!full) {
      return lines;
    }
    for (Part part : report.parts()) {
      lines.add("");
      boolean alone = part.resource().equals(report.subject());
      lines.add(palette.paint(Tone.STRONG, alone ? "Scores" : "Scores of " + part.resource()));
      lines.addAll(scores(part).lines(palette));
    }
    if (!report.steps().isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, "What would be done now"));
      report.steps().forEach(step -> lines.addAll(Wrap.lines(text(step), INDENT, Wrap.WIDTH)));
    }
    if (!report.decisions().isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, "Decisions, newest first"));
      report
          .decisions()
          .forEach(decision -> lines.addAll(Wrap.lines(decision, INDENT, Wrap.WIDTH)));
    }
    return lines;
  }

  private static void section(
      List<String> lines, Palette palette, String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, title));
      sentences.forEach(each -> lines.addAll(Wrap.lines(each, INDENT, Wrap.WIDTH)));
    }
  }

  private static void differences(List<String> lines, WhyReport report, Palette palette) {
    if (!report.differences().isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, "What alone would have made it different"));
      Table table = new Table(INDENT);
      report
          .differences()
          .forEach(each -> table.row(cell(each.change()), cell(Tone.NAME, each.outcome())));
      lines.addAll(table.lines(palette));
    }
  }

  private static Table rungs(List<RungLine> rungs) {
    Table table = new Table(INDENT);
    for (RungLine rung : rungs) {
      Tone tone =
          switch (rung.state()) {
            case "proof" -> Tone.GOOD;
            case "failed" -> Tone.BAD;
            case "ready", "running" -> Tone.NOTICE;
            default -> Tone.FAINT;
          };
      table.row(
          cell(rung.number() + " " + rung.name()), cell(tone, rung.state()), cell(rung.sentence()));
    }
    return table;
  }

  private static String text(Step step) {
    String what = step.action() + ": " + step.reason();
    return step.waitsFor().isEmpty()
        ? what
        : what + "; after " + String.join(", ", step.waitsFor());
  }

  private static Table scores(Part part) {
    Table table = new Table(INDENT);
    for (Candidate candidate : part.candidates()) {
      Tone tone = candidate.chosen() ? Tone.GOOD : Tone.PLAIN;
      table.row(
          cell(tone, candidate.node()),
          cell(candidate.score()),
          cell(tone, candidate.chosen() ? "chosen" : ""),
          cell(first(candidate.contributions())));
      candidate.contributions().stream()
          .skip(1)
          .forEach(each -> table.row(cell(""), cell(""), cell(""), cell(each)));
    }
    return table;
  }

  private static String first(List<String> contributions) {
    return contributions.isEmpty() ? "" : contributions.getFirst();
  }
}
