package org.ringward.core.group;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ringward.core.base.NodeSet;
import org.ringward.core.totem.TotemState;

/**
 * How the ring stands, for people and metrics.
 *
 * @param representative with sequence the ring id
 * @param members of the last ring that became operational
 * @param synchronised whether group messages flow
 * @param counters what was counted since the start, by name
 */
public record RingStatus(
    TotemState state,
    int representative,
    long sequence,
    NodeSet members,
    boolean synchronised,
    SortedMap<String, Long> counters) {
  public RingStatus {
    counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
  }
}
