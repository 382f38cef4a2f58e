package org.ringward.cli.command;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.CibEdits.Edit;

/** A command that gives an order, which the cluster carries out on what it finds then. */
abstract class OrderCommand extends ChangeCommand {
  OrderCommand(Environment environment) {
    super(environment);
  }

  abstract Verb verb();

  /** The order's options; the reason is added. */
  abstract Map<String, String> orderOptions();

  /** What the order would do to the configuration as it is, null when it is not about that. */
  abstract @Nullable Edit preview(Cib cib);

  /** What must run in the end for --wait to call it a success. */
  List<String> shallRun() {
    return List.of();
  }

  @Override
  final int carryOut() {
    if (change().dryRun()) {
      Edit edit = preview(cib());
      if (edit == null) {
        throw new OperatorException(
            ExitCode.USAGE,
            "--dry-run shows changes of the configuration, and this changes none; leave it out.");
      }
      return show(plan(edit));
    }
    Map<String, String> options = orderOptions();
    if (change().reason() != null) {
      options.put("reason", change().reason());
    }
    AdminReply reply = ask(verb(), options);
    if (json() && reply.exitCode() == 0) {
      environment().output().println(AdminJson.answer(reply));
    } else {
      tell(reply);
    }
    return reply.exitCode() != 0 ? reply.exitCode() : settle(shallRun());
  }
}
