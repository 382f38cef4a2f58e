package org.ringward.cli.command;

import org.ringward.cli.render.TransitionText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.TransitionReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "transition",
    header = "Show what the cluster does at this moment: the running transition, or the last one.",
    description = {
      "Shows every action with how far it has come, how long it took and what it waits for. The"
          + " coordinator knows all of it; other nodes know what was ordered and what has ended."
    },
    footer = {"Examples:", "  ringward transition", "  ringward transition --output json"})
final class TransitionCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  TransitionCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    AdminReply reply = ask(Verb.TRANSITION, options());
    if (reply.exitCode() == 0) {
      TransitionReport report = report(reply, TransitionReport.class);
      if (output.json()) {
        printJson(report);
      } else {
        print(TransitionText.lines(report, environment().palette()));
      }
    }
    return tell(reply);
  }
}
