package org.ringward.cli.render;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Palette;
import org.ringward.cli.terminal.Palette.Tone;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.IncidentsReport;
import org.ringward.core.admin.IncidentsReport.Incident;
import org.ringward.core.admin.IncidentsReport.Step;
import org.ringward.core.base.Decision;

/** Incidents for people: what happened, what came of it, and where the time went. */
public final class IncidentText {
  private static final String INDENT = "  ";

  private IncidentText() {}

  /**
   * The report's lines, oldest first.
   *
   * @param full with the critical path and everything that was noted
   */
  public static List<String> lines(IncidentsReport report, boolean full, Environment environment) {
    if (report.incidents().isEmpty()) {
      return List.of("Nothing happened in this time.");
    }
    Palette palette = environment.palette();
    Moment moment = new Moment(environment);
    List<String> lines = new ArrayList<>();
    for (Incident incident : report.incidents()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      head(lines, incident, palette, moment);
      if (full) {
        lines.add("");
        path(lines, incident, palette);
        records(lines, incident, palette, moment);
      }
    }
    return lines;
  }

  private static void head(List<String> lines, Incident incident, Palette palette, Moment moment) {
    boolean trouble = incident.kind().equals("incident");
    String name = "%s %d".formatted(trouble ? "Incident" : "Change", incident.number());
    lines.add(
        palette.paint(trouble ? Tone.BAD : Tone.STRONG, name)
            + palette.dot()
            + moment.precise(incident.beginMillis())
            + palette.dot()
            + palette.paint(Tone.STRONG, incident.cause())
            + (incident.over() ? "" : palette.dot() + palette.paint(Tone.NOTICE, "goes on")));
    lines.addAll(Wrap.lines(incident.outcome() + ".", INDENT, Wrap.WIDTH));
    if (!incident.phases().isEmpty()) {
      lines.add(INDENT + seconds(incident.pathMillis()) + ": " + phases(incident));
    }
  }

  /** Phase by phase: "detect 612 ms, agree 41 ms". */
  static String phases(Incident incident) {
    return incident.phases().stream()
        .map(each -> "%s %d ms".formatted(each.name(), each.millis()))
        .collect(Collectors.joining(", "));
  }

  /** As seconds with milliseconds. */
  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.3f s", millis / 1000.0);
  }

  private static void path(List<String> lines, Incident incident, Palette palette) {
    if (!incident.because().isEmpty()) {
      lines.add(INDENT + palette.paint(Tone.STRONG, "First cause"));
      incident
          .because()
          .forEach(each -> lines.addAll(Wrap.lines(each, INDENT + INDENT, Wrap.WIDTH)));
    }
    Table table = new Table(INDENT + INDENT);
    for (Step step : incident.path()) {
      table.row(
          cell("+" + (step.beginMillis() - incident.beginMillis()) + " ms"),
          cell(Tone.NAME, step.phase()),
          cell((step.endMillis() - step.beginMillis()) + " ms"),
          cell(step.what()));
    }
    if (!table.isEmpty()) {
      lines.add(INDENT + palette.paint(Tone.STRONG, "Critical path"));
      lines.addAll(table.lines(palette));
    }
    Table services = new Table(INDENT + INDENT);
    incident
        .services()
        .forEach(each ->
            services.row(
                cell("+" + each.afterMillis() + " ms"),
                cell(Tone.NAME, each.resource()),
                cell("on " + each.node())));
    if (!services.isEmpty()) {
      lines.add(INDENT + palette.paint(Tone.STRONG, "Running again"));
      lines.addAll(services.lines(palette));
    }
  }

  private static void records(
      List<String> lines, Incident incident, Palette palette, Moment moment) {
    lines.add(INDENT + palette.paint(Tone.STRONG, "Noted by all nodes"));
    Table table = new Table(INDENT + INDENT);
    for (Decision each : incident.records()) {
      table.row(
          cell(moment.precise(each.wallMillis())),
          cell(Tone.NAME, each.node()),
          cell(each.kind().name().toLowerCase(Locale.ROOT)),
          cell(each.what()));
    }
    lines.addAll(table.lines(palette));
  }
}
