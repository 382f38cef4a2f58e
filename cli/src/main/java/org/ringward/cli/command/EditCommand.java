package org.ringward.cli.command;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ringward.cli.render.PlanText;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.DocumentReport;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.base.ExitCode;
import org.ringward.core.cib.CibEdits.Edit;
import org.ringward.core.cib.CibValidation;
import org.ringward.core.cib.CibXml;
import org.ringward.core.cib.Configuration;

/**
 * A command that edits the configuration: reads the one in force, changes it, and has the cluster
 * apply it whole, only if it still is the one that was read.
 */
abstract class EditCommand extends ChangeCommand {
  private static final String CHANGED = "the changed configuration";

  EditCommand(Environment environment) {
    super(environment);
  }

  @Override
  final Map<String, String> exitCodes() {
    Map<String, String> codes = super.exitCodes();
    codes.put("78", "the changed configuration would have errors; they are named");
    codes.put("103", "somebody else changed the configuration at the same moment");
    return codes;
  }

  /** The configuration as it shall be. */
  abstract Edit edit(Configuration now);

  /** What it is about, for the record; the first of them. */
  List<String> subjects() {
    return List.of();
  }

  /** What must run in the end for --wait to call it a success. */
  List<String> shallRun() {
    return List.of();
  }

  /** Whether something shall stop by this, so that it is told what else does. */
  boolean stops() {
    return false;
  }

  /** Whether to ask then. */
  boolean asks() {
    return true;
  }

  @Override
  final int carryOut() {
    DocumentReport read = document("false");
    Configuration now = configuration(read);
    Edit edit = edit(now);
    PlanReport plan = plan(edit);
    if (change().dryRun()) {
      return show(new BeforeStop(this, plan, now).withUsers());
    }
    if (edit.configuration().equals(now)) {
      return unchanged(edit, plan);
    }
    if (stops() && !new BeforeStop(this, plan, now).goOn(subjects(), asks())) {
      environment().output().println("Nothing was changed.");
      return ExitCode.ERROR.number();
    }
    return apply(now, edit, read);
  }

  private int unchanged(Edit edit, PlanReport plan) {
    if (json()) {
      printJson(plan);
    } else {
      environment().output().println(edit.sentence() + " (it was so before)");
    }
    return settle(shallRun());
  }

  private int apply(Configuration now, Edit edit, DocumentReport read) {
    String subject = subjects().isEmpty() ? null : subjects().getFirst();
    AdminReply reply =
        ask(
            Verb.APPLY,
            options(
                "format",
                "xml",
                "file",
                CHANGED,
                "expect-version",
                read.version(),
                "expect-digest",
                read.digest(),
                "resource",
                subject,
                "what",
                edit.sentence(),
                "reason",
                change().reason()),
            CibXml.write(edit.configuration()));
    if (reply.exitCode() == ExitCode.OLD.number()) {
      return tell(
          AdminReply.failed(
              reply.exitCode(),
              "somebody else changed the configuration in this moment, so nothing was changed; give"
                  + " the command again"));
    }
    if (reply.exitCode() != 0) {
      return tell(reply);
    }
    if (json() && reply.report() instanceof PlanReport applied) {
      printJson(applied);
    } else {
      tellApplied(now, edit, reply);
    }
    return settle(shallRun());
  }

  private void tellApplied(Configuration now, Edit edit, AdminReply reply) {
    environment().output().println(edit.sentence());
    if (reply.report() instanceof PlanReport applied) {
      Set<String> old = new HashSet<>();
      CibValidation.validate(now, CHANGED).forEach(each -> old.add(bare(each.text())));
      List<String> fresh =
          applied.warnings().stream()
              .map(EditCommand::bare)
              .filter(each -> !old.contains(each))
              .toList();
      print(PlanText.follows(applied.changes(), fresh, environment()));
    }
  }

  /** A warning without the place in a document that nobody wrote. */
  private static String bare(String warning) {
    return warning.replaceFirst("^" + CHANGED + ":([0-9]+:)? *(warning: )?", "");
  }
}
