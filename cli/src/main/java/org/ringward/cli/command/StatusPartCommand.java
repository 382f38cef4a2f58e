package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.StatusReport;
import picocli.CommandLine.Mixin;

/** A command that shows a part of the status. */
abstract class StatusPartCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  StatusPartCommand(Environment environment) {
    super(environment);
  }

  /** What the part is called in JSON. */
  abstract String type();

  /** The part as data. */
  abstract List<?> items(StatusReport report);

  /** The part for people. */
  abstract List<String> lines(StatusReport report);

  @Override
  public final Integer call() {
    AdminReply reply = ask(Verb.STATUS, options());
    if (reply.exitCode() != 0) {
      return tell(reply);
    }
    StatusReport report = report(reply, StatusReport.class);
    if (output.json()) {
      environment().output().println(AdminJson.list(type(), items(report)));
    } else {
      print(lines(report));
    }
    return 0;
  }
}
