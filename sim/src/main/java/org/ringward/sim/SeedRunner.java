package org.ringward.sim;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Runs many seeds, some at a time; each seed by itself runs in one thread. */
final class SeedRunner {
  private final PrintStream out;
  private final long began = System.nanoTime();
  private final List<Result> failed = new ArrayList<>();
  private final SortedMap<String, Long> tally = new TreeMap<>();
  private long count;
  private double virtualSeconds;

  SeedRunner(PrintStream out) {
    this.out = out;
  }

  /** Runs the seeds from first to last, that many at a time, and prints those that fail. */
  void run(long first, long last, int jobs, LongFunction<Result> runs) {
    AtomicLong next = new AtomicLong(first);
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
      List<Future<?>> running = new ArrayList<>();
      for (int job = 0; job < jobs; job++) {
        running.add(
            threads.submit(() -> {
              long seed = next.getAndIncrement();
              while (seed <= last) {
                add(runs.apply(seed));
                seed = next.getAndIncrement();
              }
            }));
      }
      for (Future<?> job : running) {
        job.get();
      }
    } catch (ExecutionException broken) {
      throw new IllegalStateException("the simulator itself broke", broken.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the seeds one after the other, and prints how each ended. */
  void oneByOne(long first, long last, LongFunction<Result> runs) {
    for (long seed = first; seed <= last; seed++) {
      Result result = runs.apply(seed);
      if (result.ok()) {
        out.println(result.line());
      }
      add(result);
    }
  }

  private synchronized void add(Result result) {
    count++;
    virtualSeconds += result.virtualSeconds();
    result.tally().forEach((what, times) -> tally.merge(what, times, Long::sum));
    if (!result.ok()) {
      failed.add(result);
      out.println(result.line());
    }
  }

  /** Prints what happened and how fast. */
  void summary() {
    out.println("what happened: " + tally);
    double seconds = (System.nanoTime() - began) / 1e9;
    out.printf(
        Locale.ROOT,
        "%d seeds of %.0f s in %.1f s: %.1f seeds/s, %d failed%n",
        count,
        virtualSeconds / count,
        seconds,
        count / seconds,
        failed.size());
  }

  /** How many seeds were run. */
  long count() {
    return count;
  }

  /** How often which thing happened in all of them. */
  SortedMap<String, Long> tally() {
    return Collections.unmodifiableSortedMap(tally);
  }

  /** The failing seeds, lowest first. */
  List<Result> failed() {
    failed.sort(Comparator.comparingLong(Result::seed));
    return failed;
  }
}
