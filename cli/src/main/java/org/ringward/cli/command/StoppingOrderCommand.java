package org.ringward.cli.command;

import java.util.List;
import org.ringward.cli.terminal.Environment;
import org.ringward.core.admin.AdminRequest.Verb;
import picocli.CommandLine.Mixin;

/** An order by which something stops where it runs. */
abstract class StoppingOrderCommand extends OrderCommand {
  @Mixin private ConsentOption consent = new ConsentOption();

  StoppingOrderCommand(Environment environment, Verb verb) {
    super(environment, verb);
  }

  /** The resources it is about, if it names some; that they stop is no news. */
  List<String> named() {
    return List.of();
  }

  @Override
  final boolean goOn() {
    return new BeforeStop(this, planned(), configuration(document("false")))
        .goOn(named(), !consent.given());
  }
}
