package org.ringward.cli.demo;

import java.util.List;

/** The spread of measured outages in milliseconds. */
record Statistics(int runs, long median, long min, long max) {
  /** Of at least one value; the median of an even number is the lower middle one. */
  static Statistics of(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    return new Statistics(
        sorted.size(), sorted.get((sorted.size() - 1) / 2), sorted.getFirst(), sorted.getLast());
  }

  @Override
  public String toString() {
    return "runs %d median %d min %d max %d".formatted(runs, median, min, max);
  }
}
