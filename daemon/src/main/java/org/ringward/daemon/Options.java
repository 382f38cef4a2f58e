package org.ringward.daemon;

import java.nio.file.Path;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.port.Journal.Level;

/**
 * The command line.
 *
 * @param config the node file, or a corosync.conf
 * @param lowestLevel less severe log lines are left out
 */
record Options(Action action, Path config, Level lowestLevel) {
  static final String HELP =
      """
      The Ringward daemon: makes this machine a node of its cluster.

      usage: ringward daemon [--config FILE] [--debug]
             ringward daemon --check-config FILE

        --config FILE        the node file or a corosync.conf (default /etc/ringward/ringward.yaml)
        --check-config FILE  reads it, says what is wrong with it, starts nothing
        --debug              log everything
        --version            print the version
        --help               print this
      """;

  private static final String DEFAULT_CONFIG = "/etc/ringward/ringward.yaml";

  /** What to do. */
  enum Action {
    RUN,
    CHECK,
    VERSION,
    HELP
  }

  static Options parse(String... arguments) {
    Options options = new Options(Action.RUN, Path.of(DEFAULT_CONFIG), Level.INFO);
    for (int at = 0; at < arguments.length; at++) {
      String argument = arguments[at];
      options =
          switch (argument) {
            case "--config" -> options.with(Action.RUN, file(arguments, ++at));
            case "--check-config" -> options.with(Action.CHECK, file(arguments, ++at));
            case "--debug" -> new Options(options.action(), options.config(), Level.DEBUG);
            case "--version" -> options.with(Action.VERSION, options.config());
            case "--help", "-h" -> options.with(Action.HELP, options.config());
            default -> {
              String sentence = "unknown argument \"" + argument + "\"; allowed: --config FILE,";
              String rest = " --check-config FILE, --debug, --version, --help";
              throw new OperatorException(ExitCode.USAGE, sentence + rest);
            }
          };
    }
    return options;
  }

  private Options with(Action wanted, Path file) {
    return new Options(wanted, file, lowestLevel);
  }

  private static Path file(String[] arguments, int at) {
    if (at >= arguments.length) {
      throw new OperatorException(ExitCode.USAGE, arguments[at - 1] + " needs a file name");
    }
    return Path.of(arguments[at]);
  }
}
