package org.ringward.cli.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.render.PlanText;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Option;

/**
 * A command that puts a whole configuration in force: shows the plan with what each single failure
 * would lead to, asks, and has it applied only if the configuration still is the one that the plan
 * was made for.
 */
abstract class ApplyingCommand extends ChangeCommand {
  @Option(
      names = {"-y", "--yes"},
      description = "Apply without asking.")
  private boolean yes;

  ApplyingCommand(Environment environment) {
    super(environment);
  }

  /** The configuration as it shall be. */
  abstract Document document();

  /** What was done, for the record; null for what the order itself says. */
  abstract @Nullable String what();

  @Override
  final int carryOut() {
    Document document = document();
    AdminReply reply =
        ask(
            Verb.PLAN,
            options("format", document.format(), "file", document.file(), "outlook", "true"),
            document.text());
    if (reply.exitCode() != 0) {
      return tell(reply);
    }
    PlanReport plan = report(reply, PlanReport.class);
    if (change().dryRun() || PlanText.isEmpty(plan)) {
      return show(plan);
    }
    if (!yes) {
      show(plan);
      if (!new Question(environment()).yes("Apply this?")) {
        environment().output().println("Nothing was changed.");
        return ExitCode.ERROR.number();
      }
    }
    int done = apply(document, plan);
    return done == 0 ? settle(List.of()) : done;
  }

  private int apply(Document document, PlanReport plan) {
    Map<String, String> options =
        options(
            "format",
            document.format(),
            "file",
            document.file(),
            "expect-version",
            plan.version(),
            "expect-digest",
            plan.digest(),
            "what",
            what(),
            "reason",
            change().reason());
    AdminReply reply = ask(Verb.APPLY, options, document.text());
    boolean applied = reply.exitCode() == 0 && reply.report() != null;
    if (applied) {
      PlanReport report = report(reply, PlanReport.class).foreseen(plan.timeouts(), plan.outlook());
      if (yes || json()) {
        show(report);
      } else {
        print(PlanText.lines(report, environment()).reversed().subList(0, 1));
      }
    }
    return applied && json() ? 0 : tell(reply);
  }
}
