package org.ringward.core.admin;

import java.util.List;

/**
 * The times of a node and its cluster as one budget.
 *
 * @param node whose they are
 * @param failoverWithinMillis the longest time from fault to service that was asked for, 0 when
 *     none was
 * @param times every time, in the order in which a failure meets them
 * @param paths how long the ways from a node's loss to its resources' start take, at worst
 * @param rules what must hold between the times
 */
public record TimingReport(
    String node, long failoverWithinMillis, List<Time> times, List<Path> paths, List<Rule> rules)
    implements AdminReply.Report {

  /**
   * One time.
   *
   * @param name the setting it comes from, or what it is called
   * @param origin explicit, derived or default
   * @param meaning one sentence; for a derived one how
   */
  public record Time(String name, long millis, String origin, String meaning) {}

  /**
   * One way from a node's loss to the start of what ran on it.
   *
   * @param sum its parts with their numbers
   * @param known whether every part is bounded by settings
   */
  public record Path(String name, long millis, String sum, boolean known) {}

  /**
   * One inequality.
   *
   * @param inequality in words
   * @param numbers the same with its numbers
   * @param holds whether it does
   * @param needed whether a configuration without it is refused; else it is a warning
   * @param consequence what happens when it does not hold
   */
  public record Rule(
      String inequality, String numbers, boolean holds, boolean needed, String consequence) {}

  public TimingReport {
    times = List.copyOf(times);
    paths = List.copyOf(paths);
    rules = List.copyOf(rules);
  }

  /** The rules that must hold and do not. */
  public List<Rule> broken() {
    return rules.stream().filter(each -> each.needed() && !each.holds()).toList();
  }
}
