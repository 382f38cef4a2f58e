package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.QuorumReport;
import org.ringward.core.admin.QuorumReport.DeviceLine;
import org.ringward.core.admin.QuorumReport.ForcedLine;
import org.ringward.core.admin.QuorumReport.NodeLine;
import org.ringward.core.admin.QuorumReport.SplitLine;

/** Votes for people. */
public final class QuorumText {
  private static final String INDENT = "  ";

  private final QuorumReport report;
  private final Palette palette;
  private final Moment moment;
  private final List<String> lines = new ArrayList<>();

  private QuorumText(QuorumReport report, Environment environment) {
    this.report = report;
    this.palette = environment.palette();
    this.moment = new Moment(environment);
  }

  /** The report's lines. */
  public static List<String> lines(QuorumReport report, Environment environment) {
    QuorumText text = new QuorumText(report, environment);
    text.headline();
    text.device();
    text.section("Nodes", text.nodes());
    text.outlook();
    text.section("Splits", text.splits());
    return text.lines;
  }

  private void headline() {
    String quorate =
        report.quorate()
            ? palette.paint(Tone.GOOD, "quorate")
            : palette.paint(Tone.BAD, "NO QUORUM");
    List<String> words = new ArrayList<>(List.of(palette.paint(Tone.STRONG, report.cluster())));
    words.add(quorate);
    words.add(
        "%d of %d votes, %d needed".formatted(report.votes(), report.expected(), report.needed()));
    words.addAll(report.options());
    lines.add(String.join(palette.dot(), words));
    lines.add(
        palette.paint(Tone.FAINT, INDENT + "seen from " + report.node() + ": " + report.reason()));
    if (!report.agreement().isEmpty() && !report.agreement().equals(report.reason())) {
      lines.add(palette.paint(Tone.NOTICE, INDENT + "the cluster: " + report.agreement()));
    }
    @Nullable ForcedLine forced = report.forced();
    if (forced != null) {
      String when = moment.time(forced.wallMillis());
      String what =
          "! quorum was forced by " + forced.author() + " " + when + ": " + forced.reason();
      lines.add(palette.paint(Tone.NOTICE, what));
    }
  }

  private void device() {
    @Nullable DeviceLine device = report.device();
    if (device != null) {
      String vote = device.castsVote() ? "votes for this side" : "does not vote for this side";
      String state = device.alive() ? vote : "does not answer";
      lines.add("");
      lines.add(
          palette.paint(Tone.STRONG, "Quorum device ")
              + String.join(
                  palette.dot(),
                  device.name(),
                  device.votes() + (device.votes() == 1 ? " vote" : " votes"),
                  palette.paint(device.castsVote() ? Tone.GOOD : Tone.NOTICE, state)));
    }
  }

  private Table nodes() {
    Table table = new Table(INDENT);
    for (NodeLine node : report.nodes()) {
      table.row(
          cell(node.name()),
          cell(Tone.FAINT, "#" + Integer.toUnsignedString(node.id())),
          cell(node.votes() + (node.votes() == 1 ? " vote" : " votes")),
          cell(Tone.FAINT, String.join(", ", node.state())));
    }
    return table;
  }

  private void outlook() {
    lines.add("");
    lines.add(palette.paint(Tone.STRONG, "What would happen"));
    report.outlook().forEach(each -> lines.add(INDENT + each));
  }

  private Table splits() {
    Table table = new Table(INDENT);
    for (SplitLine split : report.splits()) {
      String sides =
          IntStream.range(0, split.sides().size())
              .mapToObj(side -> String.join(" ", split.sides().get(side)))
              .collect(Collectors.joining(" | "));
      table.row(
          cell(sides),
          cell(split.winners().size() == 1 ? Tone.FAINT : Tone.NOTICE, split.sentence()));
    }
    return table;
  }

  private void section(String title, Table table) {
    if (!table.isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, title));
      lines.addAll(table.lines(palette));
    }
  }
}
