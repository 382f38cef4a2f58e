package org.ringward.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.FencingReport;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** A view of what there is to fence with, and of what was fenced. */
abstract class FenceReportCommand extends ClusterCommand {
  @ParentCommand private @Nullable FenceCommand parent;

  @Mixin private OutputOption output = new OutputOption();

  FenceReportCommand(Environment environment) {
    super(environment);
  }

  /** The view's lines. */
  abstract List<String> lines(FencingReport report);

  /** Leaves out what was not asked for. */
  FencingReport shown(FencingReport report) {
    return report;
  }

  /** What the answer means as an exit code. */
  int exitCode(FencingReport report) {
    return ExitCode.OK.number();
  }

  @Override
  public Integer call() {
    connectAs(parent);
    AdminReply reply = ask(Verb.FENCING, options());
    if (reply.exitCode() != 0) {
      return tell(reply);
    }
    FencingReport report = shown(report(reply, FencingReport.class));
    if (output.json()) {
      printJson(report);
    } else {
      print(lines(report));
    }
    return exitCode(report);
  }
}
