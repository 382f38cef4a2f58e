package org.ringward.sim;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.faults.LadderRung;

/** Runs seeds of whole clusters. What the command line calls as {@code simulate-cluster}. */
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
   * @param without rungs of the fencing ladder that no cluster has
   */
  public record Order(
      long first, long last, int jobs, int seconds, boolean trace, Set<LadderRung> without) {
    /** With the whole ladder. */
    public Order(long first, long last, int jobs, int seconds, boolean trace) {
      this(first, last, jobs, seconds, trace, EnumSet.noneOf(LadderRung.class));
    }

    private Result result(long seed, @Nullable Consumer<String> reader) {
      return Simulation.run(seed, seconds, reader, without);
    }
  }

  /**
   * Runs the seeds, prints failing ones and the speed.
   *
   * @return exit code: 0 when everything held, 1 when not
   */
  public static int run(Order order, PrintStream out) {
    SeedRunner runner = new SeedRunner(out);
    if (order.trace) {
      runner.oneByOne(order.first, order.last, seed -> order.result(seed, out::println));
    } else {
      runner.run(order.first, order.last, order.jobs, seed -> order.result(seed, null));
    }
    LadderShares.table(runner.tally(), runner.count()).forEach(out::println);
    runner.summary();
    List<Result> failed = runner.failed();
    if (!failed.isEmpty() && !order.trace) {
      tellFirst(failed.getFirst(), order, out);
    }
    return failed.isEmpty() ? 0 : 1;
  }

  /** Runs the failing seed again for a reader, and shows the end of the story. */
  private static void tellFirst(Result first, Order order, PrintStream out) {
    List<String> story = new ArrayList<>();
    order.result(first.seed(), story::add);
    out.println("the end of the story of seed " + first.seed() + ":");
    story.subList(Math.max(0, story.size() - STORIES_MOST), story.size()).forEach(out::println);
    out.printf(
        Locale.ROOT,
        "replay: ringward simulate-cluster --seeds %d --seconds %d%s --trace%n",
        first.seed(),
        order.seconds,
        order.without.isEmpty()
            ? ""
            : " --without "
                + order.without.stream().map(LadderRung::word).collect(Collectors.joining(",")));
  }

  /** What a seed breaks, null when everything holds; called by tools/mutants/ladder. */
  public static @Nullable String failure(long seed) {
    return Simulation.run(seed).failure();
  }

  /** {@code --seeds A..B [--jobs N] [--seconds S] [--without RUNG,...] [--trace]}. */
  public static void main(String[] arguments) {
    long first = 1;
    long last = 100;
    int jobs = 2;
    int seconds = 60;
    boolean trace = false;
    String without = "";
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--seeds" -> {
          String[] ends = arguments[++i].split("\\.\\.", 2);
          first = Long.parseLong(ends[0]);
          last = Long.parseLong(ends[ends.length - 1]);
        }
        case "--jobs" -> jobs = Integer.parseInt(arguments[++i]);
        case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
        case "--without" -> without = arguments[++i];
        case "--trace" -> trace = true;
        default -> {
          System.err.println(
              "\""
                  + arguments[i]
                  + "\" is unknown; allowed are --seeds A..B, --jobs N, --seconds S,"
                  + " --without RUNG,..., --trace");
          System.exit(64);
        }
      }
    }
    System.exit(
        run(new Order(first, last, jobs, seconds, trace, LadderRung.parse(without)), System.out));
  }
}
