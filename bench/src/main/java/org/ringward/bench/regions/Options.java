package org.ringward.bench.regions;

import java.util.Arrays;
import java.util.List;

/**
 * What is measured.
 *
 * @param settleSeconds between the last node's first heartbeat and the measurement
 * @param seconds of the measurement
 * @param keepaliveMillis of all regions
 */
record Options(List<Row> rows, int nodes, int settleSeconds, int seconds, int keepaliveMillis) {
  static final String HELP =
      """
      usage: bench/regions [OPTIONS]    processor time and allocation of heartbeats (as root)

        --rows LIST       of none (the same daemons without regions), four (unicast, multicast, serial,
                          disk), witness (unicast, multicast, disk, witness), unicast, multicast, serial,
                          disk, place (the witness alone); default none,four,witness
        --nodes N         default 16
        --settle N        seconds before the measurement, once all see all (default 20)
        --seconds N       of the measurement (default 30)
        --keepalive N     milliseconds (default 1000)
      """;

  static Options parse(String... arguments) {
    Options options = new Options(List.of(Row.NONE, Row.FOUR, Row.WITNESS), 16, 20, 30, 1000);
    for (int at = 0; at < arguments.length; at += 2) {
      if (at + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[at] + " is unknown or needs a value");
      }
      options = options.with(arguments[at], arguments[at + 1]);
    }
    return options;
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--rows" ->
          new Options(
              Arrays.stream(value.split(",", -1)).map(Row::of).toList(),
              nodes,
              settleSeconds,
              seconds,
              keepaliveMillis);
      case "--nodes" -> new Options(rows, number(value), settleSeconds, seconds, keepaliveMillis);
      case "--settle" -> new Options(rows, nodes, number(value), seconds, keepaliveMillis);
      case "--seconds" -> new Options(rows, nodes, settleSeconds, number(value), keepaliveMillis);
      case "--keepalive" -> new Options(rows, nodes, settleSeconds, seconds, number(value));
      default -> throw new IllegalArgumentException("unknown option " + name);
    };
  }

  private static int number(String value) {
    int number = Integer.parseInt(value);
    if (number < 2) {
      throw new IllegalArgumentException(value + " is too small");
    }
    return number;
  }
}
