package org.ringward.daemon.ring;

import java.nio.file.Path;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Journal.Level;
import org.ringward.ring.settings.ConfigurationFile;

/** Entry of {@code ringward ring run}; the exit code says how it ended (base.ExitCode). */
public final class Main {
  private static final String DEFAULT_CONFIG = "/etc/ringward/ringward.yaml";

  private Main() {}

  /** Runs until the node has left the ring. */
  public static void main(String[] arguments) {
    int exitCode;
    try {
      exitCode = run(arguments).number();
    } catch (OperatorException e) {
      System.err.println("ringward ring run: " + e.sentence());
      exitCode = e.exitCode().number();
    }
    System.err.flush();
    // Not exit(): a shutdown hook could hang, and there is nothing left to do.
    Runtime.getRuntime().halt(exitCode);
  }

  private static ExitCode run(String... arguments) {
    Path config = Path.of(DEFAULT_CONFIG);
    Level lowest = Level.INFO;
    for (int at = 0; at < arguments.length; at++) {
      switch (arguments[at]) {
        case "--config" -> config = file(arguments, ++at);
        case "--debug" -> lowest = Level.DEBUG;
        default -> {
          String sentence = "unknown argument \"" + arguments[at] + "\"; allowed: ";
          throw new OperatorException(ExitCode.USAGE, sentence + "--config FILE, --debug");
        }
      }
    }
    return new RingDaemon(ConfigurationFile.read(config), config, lowest).run();
  }

  private static Path file(String[] arguments, int at) {
    if (at >= arguments.length) {
      throw new OperatorException(ExitCode.USAGE, arguments[at - 1] + " needs a file name");
    }
    return Path.of(arguments[at]);
  }
}
