package org.ringward.daemon.witness;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;

/**
 * The command line of {@code ringward witness run}.
 *
 * @param listen where nodes connect
 * @param stateDir the durable files
 * @param connections at most
 */
record WitnessOptions(InetSocketAddress listen, Path stateDir, int connections) {
  static final int PORT = 5408;
  private static final String ALLOWED =
      "--listen [ADDRESS:]PORT, --state-dir DIR, --connections NUMBER";

  /**
   * @throws OperatorException naming the argument that is wrong
   */
  static WitnessOptions parse(String... arguments) {
    InetSocketAddress listen = new InetSocketAddress(PORT);
    Path stateDir = Path.of("/var/lib/ringward-witness");
    int connections = 1000;
    for (int at = 0; at < arguments.length; at += 2) {
      String name = arguments[at];
      if (at + 1 >= arguments.length) {
        throw refuse("%s is unknown or needs a value; allowed: %s".formatted(name, ALLOWED));
      }
      String value = arguments[at + 1];
      switch (name) {
        case "--listen" -> listen = address(value);
        case "--state-dir" -> stateDir = Path.of(value);
        case "--connections" -> connections = number(name, value, 2, 100_000);
        default -> throw refuse("unknown argument %s; allowed: %s".formatted(name, ALLOWED));
      }
    }
    return new WitnessOptions(listen, stateDir, connections);
  }

  private static InetSocketAddress address(String value) {
    int colon = value.lastIndexOf(':');
    int port = number("--listen", value.substring(colon + 1), 0, 65_535);
    if (colon < 0) {
      return new InetSocketAddress(port);
    }
    String host = value.substring(0, colon).replaceFirst("^\\[(.*)]$", "$1");
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw refuse("--listen names %s, which is no address of this machine".formatted(host));
    }
    return address;
  }

  private static int number(String name, String value, int least, int most) {
    int number = value.matches("\\d{1,6}") ? Integer.parseInt(value) : -1;
    if (number < least || number > most) {
      throw refuse(
          "%s needs a number from %d to %d, found \"%s\"".formatted(name, least, most, value));
    }
    return number;
  }

  private static OperatorException refuse(String sentence) {
    return new OperatorException(ExitCode.USAGE, sentence);
  }
}
