package org.ringward.cli.demo;

import java.nio.file.Path;
import java.util.List;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/** How a daemon is started: by the same launcher that started this command line. */
final class DaemonProgram {
  private DaemonProgram() {}

  /** The command line of a daemon with these settings. */
  static List<String> line(Path settings) {
    String launcher = System.getenv().getOrDefault("RINGWARD_LAUNCHER", "");
    if (launcher.isEmpty()) {
      throw new OperatorException(
          ExitCode.NOT_INSTALLED,
          "The demo starts daemons with the program that started it: run it as './ringward demo'.");
    }
    return List.of(launcher, "daemon", "--config", settings.toString());
  }
}
