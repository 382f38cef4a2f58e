package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.admin.FencingReport.DeviceLine;
import org.ringward.core.admin.FencingReport.EntryLine;
import org.ringward.core.admin.FencingReport.MonitorLine;
import org.ringward.core.admin.FencingReport.NodeLine;
import org.ringward.core.admin.FencingReport.PathLine;

/** What there is to fence with, and what was fenced, for people. */
public final class FencingText {
  private static final String INDENT = "  ";

  private FencingText() {}

  /** The devices. */
  public static List<String> devices(FencingReport report, Environment environment) {
    Palette palette = environment.palette();
    List<String> lines = new ArrayList<>();
    if (report.devices().isEmpty()) {
      lines.add("There are no fencing devices.");
    }
    Moment moment = new Moment(environment);
    for (DeviceLine device : report.devices()) {
      lines.add(
          palette.paint(Tone.NAME, device.id()) + " " + palette.paint(Tone.FAINT, device.agent()));
      lines.addAll(rows(device, moment).lines(palette));
    }
    lines.addAll(warnings(report, palette));
    return lines;
  }

  private static Table rows(DeviceLine device, Moment moment) {
    Table table = new Table(INDENT);
    if (!device.problem().isEmpty()) {
      table.row(cell("problem"), cell(Tone.BAD, device.problem()));
    }
    table.row(cell("fences"), cell(device.hosts()));
    if (!device.levels().isEmpty()) {
      table.row(cell("levels"), cell(String.join(", ", device.levels())));
    }
    if (device.monitors().isEmpty()) {
      table.row(cell("monitor"), cell(Tone.NOTICE, "no node watches over it"));
    }
    for (MonitorLine monitor : device.monitors()) {
      String since =
          monitor.sinceMillis() == 0 ? "" : " since " + moment.time(monitor.sinceMillis());
      String reason = monitor.reason().isEmpty() ? "" : ": " + monitor.reason();
      table.row(
          cell("monitor"),
          monitor.well()
              ? cell(Tone.GOOD, "well on " + monitor.node() + since)
              : cell(Tone.BAD, "failed on " + monitor.node() + since + reason));
    }
    return table;
  }

  /** The nodes and their ways to a proof. */
  public static List<String> nodes(FencingReport report, Environment environment) {
    Palette palette = environment.palette();
    List<String> lines = new ArrayList<>();
    for (NodeLine node : report.nodes()) {
      Tone tone = node.provable() ? Tone.GOOD : Tone.BAD;
      lines.add(palette.paint(Tone.NAME, node.name()) + ": " + palette.paint(tone, node.promise()));
      Table table = new Table(INDENT);
      for (PathLine path : node.paths()) {
        table.row(
            cell(path.rung()),
            path.works() ? cell(Tone.GOOD, "works") : cell(Tone.NOTICE, "no"),
            cell(path.detail()));
      }
      lines.addAll(table.lines(palette));
    }
    lines.addAll(warnings(report, palette));
    return lines;
  }

  /** What was fenced, newest first. */
  public static List<String> history(FencingReport report, Environment environment) {
    Palette palette = environment.palette();
    if (report.history().isEmpty()) {
      return List.of("Nothing was fenced, as far as the history goes back.");
    }
    Moment moment = new Moment(environment);
    List<String> lines = new ArrayList<>();
    for (EntryLine entry : report.history()) {
      lines.add(
          String.join(
              "  ",
              moment.time(entry.wallMillis()),
              palette.paint(Tone.NAME, entry.target()),
              entry.action(),
              palette.paint(tone(entry), entry.state()),
              palette.paint(Tone.FAINT, entry.by())));
      if (!entry.cause().isEmpty()) {
        lines.addAll(Wrap.lines("because: " + entry.cause(), INDENT, Wrap.WIDTH));
      }
      boolean told = entry.state().equals("running") || entry.result().isEmpty();
      if (!told) {
        String what = entry.state().equals("succeeded") ? "proof: " : "failed: ";
        lines.addAll(Wrap.lines(what + entry.result(), INDENT, Wrap.WIDTH));
      }
    }
    return lines;
  }

  private static Tone tone(EntryLine entry) {
    return switch (entry.state()) {
      case "succeeded" -> Tone.GOOD;
      case "failed" -> Tone.BAD;
      default -> Tone.NOTICE;
    };
  }

  private static List<String> warnings(FencingReport report, Palette palette) {
    List<String> lines = new ArrayList<>();
    for (String warning : report.warnings()) {
      lines.add(palette.paint(Tone.NOTICE, "warning: ") + warning);
    }
    return lines;
  }
}
