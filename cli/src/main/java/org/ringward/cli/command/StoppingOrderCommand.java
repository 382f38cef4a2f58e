package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Mixin;

/** An order by which something stops where it runs. */
abstract class StoppingOrderCommand extends OrderCommand {
  @Mixin private ConsentOption consent = new ConsentOption();

  StoppingOrderCommand(Environment environment) {
    super(environment);
  }

  /** The resources it is about; that they stop is no news. */
  abstract List<String> named();

  @Override
  final boolean goOn() {
    return new BeforeStop(this, planned(), configuration(document("false")))
        .goOn(named(), !consent.given());
  }
}
