package org.ringward.cli.command;

import org.ringward.cli.terminal.Environment;

/** A command that shows configurations of the past. */
abstract class PastCommand extends ClusterCommand {
  PastCommand(Environment environment) {
    super(environment);
  }

  abstract int show();

  @Override
  public final Integer call() {
    try {
      return show();
    } catch (ChangeCommand.Refused refused) {
      return tell(refused.reply());
    }
  }
}
