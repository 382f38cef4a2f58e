package org.ringward.sim.ring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.sim.Result;
import org.ringward.sim.world.Time;

/** Looks for a smaller plan that breaks the same rule: fewer nodes, fewer faults, less time. */
public final class RingShrinker {
  private static final int RUNS_MOST = 200;

  private final String rule;
  private RingPlan smallest;
  private int runs;

  private RingShrinker(RingPlan failing, String failure) {
    this.smallest = failing;
    this.rule = rule(failure);
  }

  private static String rule(@Nullable String failure) {
    return failure == null ? "" : failure.substring(0, Math.max(0, failure.indexOf(':')));
  }

  /** The smallest plan found, at worst the failing one itself. */
  public static RingPlan shrink(RingPlan failing, String failure) {
    RingShrinker shrinker = new RingShrinker(failing, failure);
    boolean smaller = true;
    while (smaller) {
      smaller = shrinker.faults();
      smaller |= shrinker.nodes();
      smaller |= shrinker.time();
    }
    return shrinker.smallest;
  }

  private boolean attempt(RingPlan plan) {
    if (runs >= RUNS_MOST) {
      return false;
    }
    runs++;
    Result result = RingWorld.run(plan, null);
    if (result.ok() || !rule(result.failure()).equals(rule)) {
      return false;
    }
    smallest = plan;
    return true;
  }

  private boolean faults() {
    boolean smaller = false;
    for (int part = Math.max(1, smallest.faults().size() / 2); part >= 1; part /= 2) {
      for (int from = 0; from < smallest.faults().size(); ) {
        List<RingFault> kept = new ArrayList<>(smallest.faults());
        kept.subList(from, Math.min(kept.size(), from + part)).clear();
        if (attempt(smallest.withFaults(numbers(kept)))) {
          smaller = true;
        } else {
          from += part;
        }
      }
    }
    return smaller;
  }

  private boolean nodes() {
    boolean smaller = false;
    while (smallest.nodes() > 2 && attempt(smallest.withNodes(smallest.nodes() - 1))) {
      smaller = true;
    }
    return smaller;
  }

  private boolean time() {
    boolean smaller = false;
    while (smallest.calmNanos() > 100 * Time.MILLIS
        && attempt(smallest.withCalm(smallest.calmNanos() * 3 / 4))) {
      smaller = true;
    }
    return smaller;
  }

  static Set<Integer> numbers(List<RingFault> faults) {
    Set<Integer> numbers = new LinkedHashSet<>();
    faults.forEach(fault -> numbers.add(fault.number()));
    return numbers;
  }

  /** What to add to the command line, after the seed, to get the plan. */
  public static String options(RingPlan plan) {
    StringBuilder faults = new StringBuilder();
    numbers(plan.faults())
        .forEach(number -> faults.append(faults.isEmpty() ? "" : ",").append(number));
    return "--nodes %d --faults %s --calm %d"
        .formatted(plan.nodes(), faults.isEmpty() ? "0" : faults, plan.calmNanos() / Time.MILLIS);
  }
}
