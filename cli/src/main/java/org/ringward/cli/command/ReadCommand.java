package org.ringward.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Table;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Resource;
import picocli.CommandLine.Mixin;

/** A command that shows a part of the configuration in force. */
abstract class ReadCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  ReadCommand(Environment environment) {
    super(environment);
  }

  abstract int show(Configuration now);

  @Override
  public final Integer call() {
    AdminReply reply = ask(Verb.CONFIGURATION, options("format", "xml"));
    if (reply.exitCode() != 0) {
      return tell(reply);
    }
    String text = report(reply, DocumentReport.class).text();
    return show(CibXml.readConfiguration("the cluster's configuration", text));
  }

  final boolean json() {
    return output.json();
  }

  /** Every resource, those in others too. */
  static List<Resource> all(Configuration now) {
    List<Resource> all = new ArrayList<>();
    collect(now.resources(), all);
    return all;
  }

  private static void collect(List<Resource> resources, List<Resource> all) {
    for (Resource each : resources) {
      all.add(each);
      collect(each.inner(), all);
    }
  }

  /** Shows the lines as JSON or as a table; a sentence when there are none. */
  final int tell(String type, List<?> lines, Table table, String none) {
    if (output.json()) {
      environment().output().println(AdminJson.list(type, lines));
    } else if (lines.isEmpty()) {
      environment().output().println(none);
    } else {
      print(table.lines(environment().palette()));
    }
    return 0;
  }

  /** Shows a text as it is, or in JSON. */
  final int tell(String format, String text) {
    if (output.json()) {
      printJson(new DocumentReport(format, "", text));
    } else {
      environment().output().print(text);
    }
    return 0;
  }
}
