package org.ringward.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ringward.cli.render.PlanText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;
import picocli.CommandLine.Mixin;

/** A command that changes something: it can show the plan only, and wait for all that follows. */
abstract class ChangeCommand extends ClusterCommand {
  private static final String SOURCE = "the cluster's configuration";

  @Mixin private ChangeOptions change = new ChangeOptions();

  @Mixin private OutputOption output = new OutputOption();

  ChangeCommand(Environment environment) {
    super(environment);
  }

  @Override
  Map<String, String> exitCodes() {
    Map<String, String> codes = super.exitCodes();
    codes.put("106", "no quorum, so nothing may change");
    return codes;
  }

  final ChangeOptions change() {
    return change;
  }

  final boolean json() {
    return output.json();
  }

  /** The configuration in force, as XML. */
  final DocumentReport document(String withStatus) {
    AdminReply reply = ask(Verb.CONFIGURATION, options("format", "xml", "with-status", withStatus));
    if (reply.exitCode() != 0) {
      throw new Refused(reply);
    }
    return report(reply, DocumentReport.class);
  }

  static Configuration configuration(DocumentReport document) {
    return CibXml.readConfiguration(SOURCE, document.text());
  }

  /** What that edit would mean. */
  final PlanReport plan(Edit edit) {
    AdminReply reply =
        ask(
            Verb.PLAN,
            options("format", "xml", "file", "the changed configuration"),
            CibXml.write(edit.configuration()));
    if (reply.exitCode() != 0) {
      throw new Refused(reply);
    }
    return report(reply, PlanReport.class);
  }

  /** Shows a plan that is not carried out; the exit code. */
  final int show(PlanReport plan) {
    if (output.json()) {
      printJson(plan);
    } else {
      print(PlanText.lines(plan, environment()));
    }
    return PlanText.isEmpty(plan) ? 0 : ExitCode.CHANGES.number();
  }

  /** Waits for what follows if that is wanted; the exit code. */
  final int settle(List<String> shallRun) {
    Duration patience = change.patience();
    return patience == null ? 0 : new Settling(this, patience).await(shallRun, output.json());
  }

  @Override
  public final Integer call() {
    try {
      return carryOut();
    } catch (Refused refused) {
      return tell(refused.reply());
    }
  }

  /** Does it; the exit code. */
  abstract int carryOut();

  /** The daemon said no. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient AdminReply reply;

    Refused(AdminReply reply) {
      super(reply.message());
      this.reply = reply;
    }

    AdminReply reply() {
      return reply;
    }
  }
}
