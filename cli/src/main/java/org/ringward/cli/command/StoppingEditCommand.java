package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Mixin;

/** An edit by which resources stop; what else would stop is told before. */
abstract class StoppingEditCommand extends EditCommand {
  @Mixin private ConsentOption consent = new ConsentOption();

  StoppingEditCommand(Environment environment) {
    super(environment);
  }

  @Override
  abstract List<String> subjects();

  @Override
  final boolean stops() {
    return true;
  }

  @Override
  final boolean asks() {
    return !consent.given();
  }
}
