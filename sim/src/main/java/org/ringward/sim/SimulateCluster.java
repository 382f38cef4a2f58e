package org.ringward.sim;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs many seeds, some at a time; each seed by itself runs in one thread. What the command line
 * calls as {@code simulate-cluster}.
 */
public final class SimulateCluster {
  private static final int STORIES_MOST = 400;

  private SimulateCluster() {}

  /**
   * What to run.
   *
   * @param first and last seed, both included
   * @param jobs how many seeds at a time
   * @param seconds virtual time of each run
   * @param trace print the story of every run, line by line
   */
  public record Order(long first, long last, int jobs, int seconds, boolean trace) {}

  /** What came out of all runs, gathered from several threads. */
  private static final class Outcome {
    private final List<Result> failed = new ArrayList<>();
    private final SortedMap<String, Long> tally = new TreeMap<>();

    synchronized void add(Result result, PrintStream out) {
      result.tally().forEach((what, count) -> tally.merge(what, count, Long::sum));
      if (!result.ok()) {
        failed.add(result);
        out.println(result.line());
      }
    }
  }

  /**
   * Runs the seeds, prints failing ones and the speed.
   *
   * @return exit code: 0 when everything held, 1 when not
   */
  public static int run(Order order, PrintStream out) {
    long began = System.nanoTime();
    Outcome outcome = new Outcome();
    if (order.trace) {
      oneByOne(order, out, outcome);
    } else {
      atATime(order, out, outcome);
    }
    List<Result> failed = outcome.failed;
    out.println("what happened: " + outcome.tally);
    double seconds = (System.nanoTime() - began) / 1e9;
    long count = order.last - order.first + 1;
    out.printf(
        Locale.ROOT,
        "%d seeds of %d s in %.1f s: %.1f seeds/s, %d failed%n",
        count,
        order.seconds,
        seconds,
        count / seconds,
        failed.size());
    if (!failed.isEmpty() && !order.trace) {
      tellFirst(failed.getFirst(), order, out);
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private static void oneByOne(Order order, PrintStream out, Outcome outcome) {
    for (long seed = order.first; seed <= order.last; seed++) {
      Result result = Simulation.run(seed, order.seconds, out::println);
      if (result.ok()) {
        out.println(result.line());
      }
      outcome.add(result, out);
    }
  }

  private static void atATime(Order order, PrintStream out, Outcome outcome) {
    AtomicLong next = new AtomicLong(order.first);
    try (ExecutorService threads = Executors.newFixedThreadPool(order.jobs)) {
      List<Future<?>> jobs = new ArrayList<>();
      for (int job = 0; job < order.jobs; job++) {
        jobs.add(
            threads.submit(() -> {
              long seed = next.getAndIncrement();
              while (seed <= order.last) {
                outcome.add(Simulation.run(seed, order.seconds, null), out);
                seed = next.getAndIncrement();
              }
            }));
      }
      for (Future<?> job : jobs) {
        job.get();
      }
    } catch (ExecutionException broken) {
      throw new IllegalStateException("the simulator itself broke", broken.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs the failing seed again for a reader, and shows the end of the story. */
  private static void tellFirst(Result first, Order order, PrintStream out) {
    List<String> story = new ArrayList<>();
    Simulation.run(first.seed(), order.seconds, story::add);
    out.println("the end of the story of seed " + first.seed() + ":");
    story.subList(Math.max(0, story.size() - STORIES_MOST), story.size()).forEach(out::println);
    out.printf(
        Locale.ROOT,
        "replay: ringward simulate-cluster --seeds %d..%d --seconds %d --trace%n",
        first.seed(),
        first.seed(),
        order.seconds);
  }

  /** {@code --seeds A..B [--jobs N] [--seconds S] [--trace]}. */
  public static void main(String[] arguments) {
    long first = 1;
    long last = 100;
    int jobs = 2;
    int seconds = 60;
    boolean trace = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seeds" -> {
          String[] ends = arguments[++i].split("\\.\\.", 2);
          first = Long.parseLong(ends[0]);
          last = Long.parseLong(ends[ends.length - 1]);
        }
        case "--jobs" -> jobs = Integer.parseInt(arguments[++i]);
        case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
        case "--trace" -> trace = true;
        default -> {
          System.err.println(
              "\""
                  + arguments[i]
                  + "\" is unknown; allowed are --seeds A..B, --jobs N, --seconds S, --trace");
          System.exit(64);
        }
      }
    }
    System.exit(run(new Order(first, last, jobs, seconds, trace), System.out));
  }
}
