package org.ringward.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.admin.PlanReport;
import org.ringward.core.base.ExitCode;

/** A command that gives an order, which the cluster carries out on what it finds then. */
abstract class OrderCommand extends ChangeCommand {
  private final Verb verb;

  OrderCommand(Environment environment, Verb verb) {
    super(environment);
    this.verb = verb;
  }

  /** The order's options; the reason is added. */
  abstract Map<String, String> orderOptions();

  /** Whether it is to be given, after a look at what would follow. */
  boolean goOn() {
    return true;
  }

  /** What must run in the end for --wait to call it a success. */
  List<String> shallRun() {
    return List.of();
  }

  /** What the order would do. */
  final PlanReport planned() {
    Map<String, String> options = ordered();
    options.put("order", verb.name().toLowerCase(Locale.ROOT));
    AdminReply reply = ask(Verb.PLAN, options);
    if (reply.exitCode() != 0) {
      throw new Refused(reply);
    }
    return report(reply, PlanReport.class);
  }

  private Map<String, String> ordered() {
    Map<String, String> options = orderOptions();
    String reason = change().reason();
    if (reason != null) {
      options.put("reason", reason);
    }
    return options;
  }

  @Override
  final int carryOut() {
    if (change().dryRun()) {
      return show(new BeforeStop(this, planned(), configuration(document("false"))).withUsers());
    }
    if (!goOn()) {
      environment().output().println("Nothing was changed.");
      return ExitCode.ERROR.number();
    }
    AdminReply reply = ask(verb, ordered());
    if (json() && reply.exitCode() == 0) {
      environment().output().println(AdminJson.answer(reply));
    } else {
      tell(reply);
    }
    return reply.exitCode() != 0 ? reply.exitCode() : settle(shallRun());
  }
}
