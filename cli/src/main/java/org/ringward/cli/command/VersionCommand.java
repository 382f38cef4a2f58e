package org.ringward.cli.command;

import java.util.concurrent.Callable;
import org.ringward.cli.terminal.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "version",
    header = "Show the version of this command line.",
    description = "Shows the version of Ringward and of the Java it runs on.")
final class VersionCommand implements Callable<Integer> {
  private final Environment environment;

  @Mixin private OutputOption output = new OutputOption();

  VersionCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    output.say(environment, text());
    return 0;
  }

  /** One line. */
  static String text() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return "ringward %s (Java %s)"
        .formatted(version == null ? "development build" : version, Runtime.version());
  }
}
