package org.ringward.interop.cluster;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which nodes a ring has and how they are set up.
 *
 * @param nodes ids from 1 to this
 * @param own ids of the nodes that run Ringward; the others run corosync
 * @param token milliseconds, 0 for corosync's default timers
 */
public record Shape(int nodes, Set<Integer> own, Carrier carrier, int token) {
  /** What carries frames, as in corosync.conf. */
  public enum Carrier {
    UDPU,
    UDP,
    KNET_CLEAR,
    KNET_AES;

    /** As in corosync.conf. */
    String transport() {
      return hasLinks() ? "knet" : word();
    }

    /** Whether its links are watched, and can be encrypted. */
    boolean hasLinks() {
      return this == KNET_CLEAR || this == KNET_AES;
    }

    /** How scenarios are called. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Ids of the nodes that run corosync. */
  public Set<Integer> real() {
    return IntStream.rangeClosed(1, nodes)
        .boxed()
        .filter(id -> !own.contains(id))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Such as udpu-1-2: one node of ours and two real ones. */
  public String name() {
    String name = carrier.word() + "-" + own.size() + "-" + real().size();
    return token == 0 ? name + "-default" : name;
  }
}
