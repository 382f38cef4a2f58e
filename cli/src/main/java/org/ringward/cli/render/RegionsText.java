package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.cli.terminal.Table.Cell;
import org.ringward.core.admin.RegionsReport;
import org.ringward.core.admin.RegionsReport.CheckLine;
import org.ringward.core.admin.RegionsReport.NodeLine;
import org.ringward.core.admin.RegionsReport.PingLine;
import org.ringward.core.admin.RegionsReport.RegionLine;
import org.ringward.core.admin.RegionsReport.SightLine;
import org.ringward.core.admin.RegionsReport.ViewLine;

/** Who sees whom on which heartbeat region, for people: what is missing stands out. */
public final class RegionsText {
  private static final String INDENT = "  ";
  private static final String SELF = ".";

  private final RegionsReport report;
  private final Palette palette;
  private final List<String> lines = new ArrayList<>();

  private RegionsText(RegionsReport report, Palette palette) {
    this.report = report;
    this.palette = palette;
  }

  /** The lines of a report. */
  public static List<String> lines(RegionsReport report, Palette palette) {
    RegionsText text = new RegionsText(report, palette);
    text.all();
    return text.lines;
  }

  private void all() {
    if (report.regions().isEmpty() && report.pings().isEmpty()) {
      lines.add("no heartbeat region is configured; docs/regions.md says how to add some");
      return;
    }
    lines.add(palette.paint(Tone.FAINT, "heartbeat regions, seen from " + report.node()));
    if (!report.warnings().isEmpty()) {
      lines.add("");
      report.warnings().forEach(each -> lines.add(palette.paint(Tone.NOTICE, "! " + each)));
    }
    section("Nodes", nodes());
    for (RegionLine region : report.regions()) {
      region(region);
    }
    section("Ping nodes", pings());
    section("Self checks", checks());
  }

  private void section(String title, Table table) {
    if (!table.isEmpty()) {
      lines.add("");
      lines.add(palette.paint(Tone.STRONG, title));
      lines.addAll(table.lines(palette));
    }
  }

  private Table nodes() {
    Table table = new Table(INDENT);
    for (NodeLine node : report.nodes()) {
      boolean self = node.name().equals(report.node());
      table.row(
          cell(Tone.NAME, node.name()),
          node.alive() ? cell(Tone.GOOD, "alive") : cell(Tone.BAD, "not seen"),
          node.alive() && !self ? quorate(node) : cell(self ? "this node" : ""),
          cell(seenOn(node, self)),
          cell(Tone.NOTICE, stall(node)));
    }
    return table;
  }

  private static Cell quorate(NodeLine node) {
    return node.quorate() ? cell("quorate") : cell(Tone.NOTICE, "not quorate");
  }

  private static String seenOn(NodeLine node, boolean self) {
    if (node.seenOn().isEmpty()) {
      return self ? "" : "on no region";
    }
    return (self ? "uses " : "on ") + String.join(", ", node.seenOn());
  }

  private static String stall(NodeLine node) {
    return node.stallMillis() == 0
        ? ""
        : "did not run for %s, %s ago"
            .formatted(seconds(node.stallMillis()), seconds(node.stallAgeMillis()));
  }

  static String seconds(long millis) {
    if (millis < 10_000) {
      return "%d.%d s".formatted(millis / 1000, millis % 1000 / 100);
    }
    return millis < 600_000 ? millis / 1000 + " s" : millis / 60_000 + " min";
  }

  private void region(RegionLine region) {
    lines.add("");
    String times =
        "every %d ms, lost after %d ms"
            .formatted(region.keepaliveMillis(), region.deadtimeMillis());
    lines.add(
        palette.paint(Tone.STRONG, region.name())
            + palette.paint(
                Tone.FAINT,
                INDENT + String.join(palette.dot(), region.kind(), region.where(), times)));
    if (!region.state().equals("ok")) {
      lines.add(INDENT + palette.paint(Tone.BAD, region.state() + ": " + region.detail()));
    }
    lines.addAll(matrix(region).lines(palette));
    if (!region.drops().isEmpty()) {
      String drops =
          region.drops().entrySet().stream()
              .map(RegionsText::drop)
              .collect(Collectors.joining(", "));
      lines.add(INDENT + palette.paint(Tone.FAINT, "dropped: " + drops));
    }
  }

  private static String drop(Map.Entry<String, Long> drop) {
    return drop.getKey() + " " + drop.getValue();
  }

  /** A row for each node that sees, a column for each that is seen. */
  private Table matrix(RegionLine region) {
    Table table = new Table(INDENT);
    List<Cell> head = new ArrayList<>();
    head.add(cell(Tone.FAINT, "sees"));
    report.nodes().forEach(node -> head.add(cell(Tone.FAINT, node.name())));
    table.row(head.toArray(Cell[]::new));
    for (ViewLine view : region.views()) {
      List<Cell> row = new ArrayList<>();
      row.add(cell(Tone.NAME, view.node()));
      for (NodeLine node : report.nodes()) {
        row.add(entry(region, view, node.name()));
      }
      table.row(row.toArray(Cell[]::new));
    }
    return table;
  }

  private Cell entry(RegionLine region, ViewLine view, String node) {
    if (view.node().equals(node)) {
      return cell(Tone.FAINT, SELF);
    }
    if (view.node().equals(report.node())) {
      return own(region, node);
    }
    if (!view.known()) {
      return cell(Tone.FAINT, "?");
    }
    return view.sees().contains(node) ? cell(Tone.GOOD, "yes") : cell(Tone.BAD, "no");
  }

  private static Cell own(RegionLine region, String node) {
    for (SightLine sight : region.sights()) {
      if (sight.node().equals(node)) {
        String age = sight.ageMillis() < 0 ? "" : " " + seconds(sight.ageMillis());
        return switch (sight.state()) {
          case "seen" -> cell(Tone.GOOD, "yes");
          case "late" -> cell(Tone.NOTICE, "late" + age);
          case "lost" -> cell(Tone.BAD, "lost" + age);
          default -> cell(Tone.FAINT, sight.state());
        };
      }
    }
    return cell("");
  }

  private Table checks() {
    Table table = new Table(INDENT);
    for (CheckLine check : report.checks()) {
      table.row(
          cell(Tone.NAME, check.node()),
          cell(seconds(check.ageMillis()) + " ago"),
          cell(check.result().startsWith("well") ? Tone.GOOD : Tone.BAD, check.result()));
    }
    return table;
  }

  private Table pings() {
    Table table = new Table(INDENT);
    for (PingLine ping : report.pings()) {
      table.row(
          cell(Tone.NAME, ping.name()),
          ping.reachable() ? cell(Tone.GOOD, "reachable") : cell(Tone.BAD, "unreachable"),
          cell(String.join(", ", ping.hosts())));
    }
    return table;
  }
}
