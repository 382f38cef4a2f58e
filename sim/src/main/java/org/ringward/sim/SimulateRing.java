package org.ringward.sim;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.ring.RingPlan;
import org.ringward.sim.ring.RingShrinker;
import org.ringward.sim.ring.RingWorld;
import org.ringward.sim.world.Time;

/** Runs seeds of ring worlds. What the command line calls as {@code simulate-ring}. */
public final class SimulateRing {
  private static final int STORY_MOST = 120;

  private SimulateRing() {}

  /**
   * What to run.
   *
   * @param first and last seed, both included
   * @param jobs how many seeds at a time
   * @param trace print the story of every run, line by line
   * @param changes what is smaller than the seed says
   */
  public record Order(long first, long last, int jobs, boolean trace, Changes changes) {}

  /**
   * Makes a run smaller than its seed says.
   *
   * @param nodes only so many, 0 for all
   * @param faults only those, null for all
   * @param calmMillis all faults and the load end then, 0 for when the seed says
   */
  public record Changes(int nodes, @Nullable Set<Integer> faults, int calmMillis) {
    public static final Changes NONE = new Changes(0, null, 0);

    RingPlan apply(RingPlan plan) {
      RingPlan changed = nodes == 0 ? plan : plan.withNodes(Math.min(nodes, plan.nodes()));
      changed = faults == null ? changed : changed.withFaults(faults);
      return calmMillis == 0 ? changed : changed.withCalm(calmMillis * Time.MILLIS);
    }
  }

  /**
   * Runs the seeds, prints failing ones, the story of the first of them, and the speed.
   *
   * @return exit code: 0 when everything held, 1 when not
   */
  public static int run(Order order, PrintStream out) {
    SeedRunner runner = new SeedRunner(out);
    if (order.trace) {
      runner.oneByOne(
          order.first,
          order.last,
          seed -> RingWorld.run(order.changes.apply(RingPlan.draw(seed)), out::println));
    } else {
      runner.run(
          order.first,
          order.last,
          order.jobs,
          seed -> RingWorld.run(order.changes.apply(RingPlan.draw(seed)), null));
    }
    runner.summary();
    List<Result> failed = runner.failed();
    if (!failed.isEmpty() && !order.trace) {
      tellFirst(failed.getFirst(), order, out);
    }
    return failed.isEmpty() ? 0 : 1;
  }

  /** What a seed finds, null when everything holds. */
  public static @Nullable String failure(long seed) {
    return RingWorld.run(RingPlan.draw(seed), null).failure();
  }

  private static void tellFirst(Result first, Order order, PrintStream out) {
    RingPlan failing = order.changes.apply(RingPlan.draw(first.seed()));
    RingPlan plan = RingShrinker.shrink(failing, String.valueOf(first.failure()));
    List<String> story = new ArrayList<>();
    Result result = RingWorld.run(plan, story::add);
    out.println("the end of the story of seed " + first.seed() + ", made smaller:");
    story.subList(Math.max(0, story.size() - STORY_MOST), story.size()).forEach(out::println);
    out.println(result.line());
    out.printf(
        Locale.ROOT,
        "replay: ringward simulate-ring --seeds %d --trace%n"
            + "smaller: ringward simulate-ring --seeds %d --trace %s%n",
        first.seed(),
        first.seed(),
        RingShrinker.options(plan));
  }
}
