package org.ringward.cli.render;

import java.util.Locale;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.IncidentsReport;
import org.ringward.core.admin.IncidentsReport.Incident;
import org.ringward.core.admin.IncidentsReport.Step;
import org.ringward.core.base.Decision;

/**
 * Incidents as one page that needs nothing else: no script, no font, no picture, no network. It may
 * be sent to people who have no access to the cluster.
 */
public final class IncidentHtml {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--line:#8884;--detect:#d55e00;--agree:#cc79a7;--decide:#999;\
      --prove:#b8860b;--stop:#0072b2;--start:#009e73}
      body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}
      .bar{display:flex;height:1.6rem;border-radius:.3rem;overflow:hidden;margin:.6rem 0}
      .bar span{min-width:2px}
      table{border-collapse:collapse;width:100%}
      td,th{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--line);vertical-align:top}
      td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      .detect{background:var(--detect)}.agree{background:var(--agree)}.decide{background:var(--decide)}
      .prove{background:var(--prove)}.stop{background:var(--stop)}.start{background:var(--start)}
      i{display:inline-block;width:.8rem;height:.8rem;border-radius:.2rem;margin-right:.4rem}
      .why{color:#777}details{margin-top:1rem}
      """;

  private final Moment moment;
  private final StringBuilder html = new StringBuilder();

  private IncidentHtml(Environment environment) {
    this.moment = new Moment(environment);
  }

  /** The page. */
  public static String page(IncidentsReport report, Environment environment) {
    IncidentHtml page = new IncidentHtml(environment);
    page.html
        .append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n")
        .append("<title>Incidents as ")
        .append(text(report.node()))
        .append(" tells them</title>\n<style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Incidents as ")
        .append(text(report.node()))
        .append(" tells them</h1>\n");
    if (report.incidents().isEmpty()) {
      page.html.append("<p>Nothing happened.</p>\n");
    }
    report.incidents().reversed().forEach(page::incident);
    return page.html.append("</body></html>\n").toString();
  }

  private void incident(Incident incident) {
    html.append("<section><h2>")
        .append(incident.kind().equals("incident") ? "Incident " : "Change ")
        .append(incident.number())
        .append(": ")
        .append(text(incident.cause()))
        .append("</h2>\n<p>")
        .append(text(moment.precise(incident.beginMillis())))
        .append(incident.over() ? "" : " (goes on)")
        .append(" &middot; ")
        .append(text(incident.outcome()))
        .append(".</p>\n");
    if (!incident.because().isEmpty()) {
      html.append("<p>First cause:</p><ul>");
      incident.because().forEach(each -> html.append("<li>").append(text(each)).append("</li>"));
      html.append("</ul>\n");
    }
    bar(incident);
    path(incident);
    records(incident);
    html.append("</section>\n");
  }

  private void bar(Incident incident) {
    long whole = incident.pathMillis();
    if (whole == 0) {
      return;
    }
    html.append("<div class=\"bar\" role=\"img\" aria-label=\"")
        .append(text(IncidentText.seconds(whole) + ": " + IncidentText.phases(incident)))
        .append("\">");
    for (Step step : incident.path()) {
      long millis = step.endMillis() - step.beginMillis();
      html.append("<span class=\"")
          .append(text(step.phase()))
          .append("\" style=\"width:")
          .append(String.format(Locale.ROOT, "%.2f", 100.0 * millis / whole))
          .append("%\" title=\"")
          .append(text(step.phase() + " " + millis + " ms: " + step.what()))
          .append("\"></span>");
    }
    html.append("</div>\n<p>")
        .append(text(IncidentText.seconds(whole)))
        .append(": ")
        .append(text(IncidentText.phases(incident)))
        .append("</p>\n");
  }

  private void path(Incident incident) {
    if (incident.path().isEmpty()) {
      return;
    }
    html.append(
        "<table><tr><th>after</th><th>phase</th><th>took</th><th>critical path</th></tr>\n");
    for (Step step : incident.path()) {
      html.append("<tr><td class=\"n\">")
          .append(step.beginMillis() - incident.beginMillis())
          .append(" ms</td><td><i class=\"")
          .append(text(step.phase()))
          .append("\"></i>")
          .append(text(step.phase()))
          .append("</td><td class=\"n\">")
          .append(step.endMillis() - step.beginMillis())
          .append(" ms</td><td>")
          .append(text(step.what()))
          .append("</td></tr>\n");
    }
    html.append("</table>\n");
  }

  private void records(Incident incident) {
    html.append("<details><summary>Everything that was noted, by all nodes</summary><table>\n");
    for (Decision each : incident.records()) {
      html.append("<tr><td class=\"n\">")
          .append(text(moment.precise(each.wallMillis())))
          .append("</td><td>")
          .append(text(each.node()))
          .append("</td><td>")
          .append(text(each.kind().name().toLowerCase(Locale.ROOT)))
          .append("</td><td>")
          .append(text(each.what()));
      each.why()
          .forEach(
              why -> html.append("<br><span class=\"why\">").append(text(why)).append("</span>"));
      html.append("</td></tr>\n");
    }
    html.append("</table></details>\n");
  }

  /** Whatever an agent or a peer put into a record stays text. */
  private static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
