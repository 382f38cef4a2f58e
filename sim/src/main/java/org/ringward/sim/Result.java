package org.ringward.sim;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param failure what was found, null when everything held
 * @param traceHash of every event and effect; equal for two runs of one seed, on any JVM
 * @param events how many things happened
 * @param virtualSeconds how long the run took in its own time
 * @param tally how often which thing happened
 */
public record Result(
    long seed,
    @Nullable String failure,
    long traceHash,
    long events,
    double virtualSeconds,
    SortedMap<String, Long> tally) {
  public Result {
    tally = Collections.unmodifiableSortedMap(new TreeMap<>(tally));
  }

  public boolean ok() {
    return failure == null;
  }

  /** One line for people. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "seed %d %s, %d events in %.1f s, trace %016x",
        seed,
        ok() ? "ok" : "FAILED: " + failure,
        events,
        virtualSeconds,
        traceHash);
  }
}
