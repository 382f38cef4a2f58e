package org.ringward.bench.ring;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * What is measured.
 *
 * @param what flood, latency, idle, start, detection
 * @param aes whether to encrypt, in turn
 * @param all whether all nodes send, in turn
 * @param rates messages per second for latencies
 * @param rounds how often each ring is brought up and measured; medians are shown
 * @param faults what is to be found out
 * @param repetitions how often each fault
 * @param fast whether both sides have their fastest timers, and real-time priority
 * @param againMicros how long corosync's client waits before it tries a refused message again
 */
record Options(
    List<String> what,
    List<Side> sides,
    List<Integer> nodes,
    List<Integer> sizes,
    List<Boolean> aes,
    List<Boolean> all,
    List<Integer> rates,
    double seconds,
    int rounds,
    int againMicros,
    List<Fault> faults,
    int repetitions,
    boolean fast,
    boolean verbose) {
  static final String HELP =
      """
      usage: bench/ring [OPTIONS]       ours against Debian's corosync, in network namespaces (as root)

        --what LIST       of flood, latency, idle, start (at rest, but before it has ever worked),
                          detection (default: flood, latency, idle)
        --sides LIST      of corosync, corosync-rr (with real-time priority, its default), socket
                          (clients of ringward ring run), socket-rr (with real-time priority, its
                          default as root), embedded (default: all)
        --nodes LIST      sizes of the rings (default 2,3,5,8)
        --sizes LIST      bytes of a message (default 64,300,1024,8192,65536)
        --crypto LIST     of none, aes256 (with sha256; default: both)
        --senders LIST    of one, all (default: both)
        --rates LIST      messages per second for latencies (default 100,1000)
        --seconds N       time of one measure, after one second to begin (default 3)
        --rounds N        rings of each kind, one after the other; medians are shown (default 1)
        --faults LIST     of kill, cut, stop (default: all three), for detection
        --repetitions N   of each fault (default 5)
        --timers WORD     default, or fast: each side's fastest, and real-time priority
        --again-micros N  corosync's clients wait so long when a message is refused (default 0)
        --verbose         tells every measure as it is made
      """;

  private static final String[] WHAT = {"flood", "latency", "idle", "start", "detection"};

  static final Options DEFAULT =
      new Options(
          List.of("flood", "latency", "idle"),
          List.of(Side.values()),
          List.of(2, 3, 5, 8),
          List.of(64, 300, 1024, 8192, 65536),
          List.of(false, true),
          List.of(false, true),
          List.of(100, 1000),
          3,
          1,
          0,
          List.of(Fault.values()),
          5,
          false,
          false);

  /** Throws IllegalArgumentException with a sentence for what is not understood. */
  static Options parse(String... arguments) {
    Options options = DEFAULT;
    for (int at = 0; at < arguments.length; at++) {
      String name = arguments[at];
      if (name.equals("--verbose")) {
        options = options.with(name, "");
      } else if (at + 1 < arguments.length) {
        options = options.with(name, arguments[++at]);
      } else {
        throw new IllegalArgumentException("unknown option or no value: " + name);
      }
    }
    return options;
  }

  private Options with(String name, String value) {
    boolean known =
        List.of(
                "--what",
                "--sides",
                "--nodes",
                "--sizes",
                "--crypto",
                "--senders",
                "--rates",
                "--seconds",
                "--rounds",
                "--again-micros",
                "--faults",
                "--repetitions",
                "--timers",
                "--verbose")
            .contains(name);
    if (!known) {
      throw new IllegalArgumentException("unknown option " + name);
    }
    return new Options(
        name.equals("--what") ? list(value, each -> oneOf(each, WHAT)) : what,
        name.equals("--sides") ? list(value, Side::of) : sides,
        name.equals("--nodes") ? list(value, Integer::valueOf) : nodes,
        name.equals("--sizes") ? list(value, Integer::valueOf) : sizes,
        name.equals("--crypto")
            ? list(value, each -> oneOf(each, "none", "aes256").equals("aes256"))
            : aes,
        name.equals("--senders")
            ? list(value, each -> oneOf(each, "one", "all").equals("all"))
            : all,
        name.equals("--rates") ? list(value, Integer::valueOf) : rates,
        name.equals("--seconds") ? Double.parseDouble(value) : seconds,
        name.equals("--rounds") ? Integer.parseInt(value) : rounds,
        name.equals("--again-micros") ? Integer.parseInt(value) : againMicros,
        name.equals("--faults") ? list(value, Fault::of) : faults,
        name.equals("--repetitions") ? Integer.parseInt(value) : repetitions,
        name.equals("--timers") ? oneOf(value, "default", "fast").equals("fast") : fast,
        name.equals("--verbose") || verbose);
  }

  private static <T> List<T> list(String value, Function<String, T> read) {
    return Arrays.stream(value.split(",", -1)).map(read).toList();
  }

  private static String oneOf(String word, String... allowed) {
    if (!List.of(allowed).contains(word)) {
      throw new IllegalArgumentException(word + " is none of " + String.join(", ", allowed));
    }
    return word;
  }

  long nanos() {
    return (long) (seconds * 1e9);
  }
}
