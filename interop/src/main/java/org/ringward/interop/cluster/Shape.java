package org.ringward.interop.cluster;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ringward.interop.lab.Family;

/**
 * Which nodes a ring has and how they are set up.
 *
 * @param nodes ids from 1 to this
 * @param own ids of the nodes that run Ringward; the others run corosync
 * @param token milliseconds, 0 for corosync's default timers
 * @param mode which links carry data
 * @param links the addresses of each link
 */
public record Shape(
    int nodes, Set<Integer> own, Carrier carrier, int token, Mode mode, List<Family> links) {
  /** What carries frames, as in corosync.conf. */
  public enum Carrier {
    UDPU,
    UDP,
    UDP_BROADCAST,
    KNET_CLEAR,
    KNET_AES;

    /** As in corosync.conf. */
    String transport() {
      return hasLinks() ? "knet" : this == UDPU ? "udpu" : "udp";
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

  /** Which links carry data, as in corosync.conf. */
  public enum Mode {
    PASSIVE,
    ACTIVE,
    RR;

    /** As in corosync.conf. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Shape {
    links = List.copyOf(links);
  }

  /** With one link and IPv4. */
  public Shape(int nodes, Set<Integer> own, Carrier carrier, int token) {
    this(nodes, own, carrier, token, Mode.PASSIVE, List.of(Family.V4));
  }

  /** Ids of the nodes that run corosync. */
  public Set<Integer> real() {
    return IntStream.rangeClosed(1, nodes)
        .boxed()
        .filter(id -> !own.contains(id))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether it has a link to spare. */
  public boolean hasTwoLinks() {
    return links.size() > 1;
  }

  /** Whether its frames are encrypted, so that it has a key. */
  public boolean hasKey() {
    return carrier == Carrier.KNET_AES;
  }

  /**
   * Such as udpu-1-2: one node of ours and two real ones; with 6 for IPv6, and the mode of two
   * links.
   */
  public String name() {
    String family = links.equals(List.of(Family.V6)) ? "6" : "";
    String two = hasTwoLinks() ? "-" + mode.word() : "";
    String name = carrier.word() + family + two + "-" + own.size() + "-" + real().size();
    return token == 0 ? name + "-default" : name;
  }
}
