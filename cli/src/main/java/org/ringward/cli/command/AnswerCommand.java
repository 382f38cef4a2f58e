package org.ringward.cli.command;

import java.util.Map;
import org.ringward.cli.client.AdminJson;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Mixin;

/** A command whose answer is one sentence. */
abstract class AnswerCommand extends ClusterCommand {
  @Mixin private OutputOption output = new OutputOption();

  AnswerCommand(Environment environment) {
    super(environment);
  }

  /** Gives an order, or asks, and says what came of it; the exit code. */
  final int order(Verb verb, Map<String, String> options) {
    AdminReply reply = ask(verb, options);
    if (output.json() && reply.exitCode() == 0) {
      environment().output().println(AdminJson.answer(reply));
      return 0;
    }
    return tell(reply);
  }
}
