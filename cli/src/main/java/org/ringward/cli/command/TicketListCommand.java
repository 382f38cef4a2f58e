package org.ringward.cli.command;

import static org.ringward.cli.terminal.Table.cell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Constraint;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.TicketConstraint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "list",
    header = "List the tickets.",
    description = "Those that are granted or were, and those that a constraint names.",
    footer = {"Examples:", "  ringward ticket list"})
final class TicketListCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  TicketListCommand(Environment environment) {
    super(environment);
  }

  /** A ticket in the answer. */
  record Line(String ticket, boolean granted, boolean standby) {}

  @Override
  public Integer call() {
    AdminReply reply = ask(Verb.CONFIGURATION, options("format", "xml", "with-status", "true"));
    if (reply.exitCode() != 0) {
      return tell(reply);
    }
    String text = report(reply, DocumentReport.class).text();
    List<Line> lines = lines(CibXml.read("the cluster's state", text));
    if (output.json()) {
      environment().output().println(AdminJson.list("tickets", lines));
      return 0;
    }
    Table table = new Table("");
    lines.forEach(each ->
        table.row(
            cell(each.ticket()),
            cell(each.granted() ? "granted" : "not granted"),
            cell(each.standby() ? "standby" : "")));
    print(lines.isEmpty() ? List.of("There is no ticket.") : table.lines(environment().palette()));
    return 0;
  }

  private static List<Line> lines(Cib cib) {
    Map<String, Line> found = new LinkedHashMap<>();
    for (Constraint each : cib.configuration().constraints()) {
      if (each instanceof TicketConstraint constraint) {
        String ticket = constraint.attributes().get("ticket", "");
        found.put(ticket, new Line(ticket, false, false));
      }
    }
    for (Element section : cib.status().others()) {
      if (section.name().equals("tickets")) {
        for (Element each : section.children()) {
          Attributes state = each.attributes();
          String id = state.get("id", "");
          boolean granted = state.get("granted", "").equals("true");
          found.put(id, new Line(id, granted, state.get("standby", "").equals("true")));
        }
      }
    }
    return new ArrayList<>(found.values());
  }
}
