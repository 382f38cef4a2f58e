package org.ringward.cli.command;

import org.ringward.cli.render.PlanText;
import org.ringward.cli.terminal.Environment;
import org.ringward.cli.terminal.Question;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.base.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "apply",
    header = "Make a file the configuration of the cluster.",
    description = {
      "Shows the plan first: what changes in the configuration, what will start, stop or move, and"
          + " why; which times do not fit together; and for each single failure (node, link, region,"
          + " fencing device, resource) what would happen then, worked out by the scheduler. Then it"
          + " asks, applies, and waits until a majority of the nodes has it on disk.",
      "A plan is only applied to the state it was made for: if the cluster's version has changed in"
          + " between, nothing happens and you are told."
    },
    exitCodeList = {
      "2:--dry-run found changes",
      "78:the file has errors; they are named with their lines",
      "103:the cluster changed since the plan was made",
      "106:no quorum, so nothing may change"
    },
    footer = {
      "Examples:",
      "  ringward apply web.yaml",
      "  ringward apply --dry-run web.yaml || echo 'not what is running'",
      "  ringward config | sed 's/monitor: 10s/monitor: 5s/' | ringward apply --yes -"
    })
final class ApplyCommand extends ClusterCommand {
  @Parameters(
      paramLabel = "FILE",
      description = "The configuration as YAML or CIB XML; - reads standard input.")
  private String file = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Apply without asking.")
  private boolean yes;

  @Option(
      names = {"-n", "--dry-run"},
      description = "Only show the plan.")
  private boolean dryRun;

  @Mixin private OutputOption output = new OutputOption();

  ApplyCommand(Environment environment) {
    super(environment);
  }

  @Override
  public Integer call() {
    Document document = Document.read(file, environment());
    AdminReply reply =
        ask(
            Verb.PLAN,
            options("format", document.format(), "file", document.file(), "outlook", "true"),
            document.text());
    if (reply.exitCode() != 0) {
      return tell(reply);
    }
    PlanReport plan = report(reply, PlanReport.class);
    if (dryRun || PlanText.isEmpty(plan)) {
      show(plan);
      return PlanText.isEmpty(plan) ? 0 : ExitCode.CHANGES.number();
    }
    if (!yes) {
      show(plan);
      if (!new Question(environment()).yes("Apply this?")) {
        environment().output().println("Nothing was changed.");
        return ExitCode.ERROR.number();
      }
    }
    return apply(document, plan);
  }

  private int apply(Document document, PlanReport plan) {
    AdminReply reply =
        ask(
            Verb.APPLY,
            options(
                "format",
                document.format(),
                "file",
                document.file(),
                "expect-version",
                plan.version()),
            document.text());
    if (reply.exitCode() == 0 && reply.report() != null) {
      PlanReport applied =
          report(reply, PlanReport.class).foreseen(plan.timeouts(), plan.outlook());
      if (yes || output.json()) {
        show(applied);
      } else {
        print(PlanText.lines(applied, environment()).reversed().subList(0, 1));
      }
    }
    return tell(reply);
  }

  private void show(PlanReport plan) {
    if (output.json()) {
      printJson(plan);
    } else {
      print(PlanText.lines(plan, environment()));
    }
  }
}
