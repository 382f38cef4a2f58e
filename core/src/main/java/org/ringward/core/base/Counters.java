package org.ringward.core.base;

import java.util.Locale;
import java.util.SortedMap;

/** Counts of events, one for each constant of an enum. Counting allocates nothing. */
@SuppressWarnings("EnumOrdinal") // an index into an array of this process, never stored or sent
public final class Counters<E extends Enum<E>> {
  private final E[] events;
  private final long[] counts;

  public Counters(Class<E> events) {
    this.events = events.getEnumConstants();
    this.counts = new long[this.events.length];
  }

  public void count(E event) {
    counts[event.ordinal()]++;
  }

  public void add(E event, long times) {
    counts[event.ordinal()] += times;
  }

  public long get(E event) {
    return counts[event.ordinal()];
  }

  /** Adds all counts under their names in lower case with dashes, behind a prefix. */
  public void report(String prefix, SortedMap<String, Long> report) {
    for (E event : events) {
      String name = event.name().toLowerCase(Locale.ROOT).replace('_', '-');
      report.put(prefix + name, get(event));
    }
  }
}
