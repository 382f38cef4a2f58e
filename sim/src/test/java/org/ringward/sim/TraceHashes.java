package org.ringward.sim;

/** Prints the trace hashes of seeds, to be compared with those of another JVM. */
final class TraceHashes {
  private TraceHashes() {}

  static String line(long seed) {
    Result result = Simulation.run(seed, 40, null);
    return "hash %d %016x %d".formatted(seed, result.traceHash(), result.events());
  }

  public static void main(String[] arguments) {
    for (long seed = Long.parseLong(arguments[0]); seed <= Long.parseLong(arguments[1]); seed++) {
      System.out.println(line(seed));
    }
  }
}
