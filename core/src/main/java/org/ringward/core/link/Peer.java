package org.ringward.core.link;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ringward.core.config.LinkSettings;
import org.ringward.core.config.LinkSettings.Mode;

/** One other node: the links to it, which of them carry data, and what of its data was taken. */
final class Peer {
  private final int node;
  private final @Nullable PeerLink[] links = new PeerLink[LinkSettings.LINKS_MOST];
  private final DuplicateFilter filter = new DuplicateFilter();
  private final PingTimes pingTimes = new PingTimes();

  /** The highest number of a message when a PING was elsewhere, 0 when the last one was not. */
  private int highestThen;

  /** The highest number of a message at the last PING out of turn, -1 before the first. */
  private int highestAtBurst = -1;

  private final Reassembly reassembly = new Reassembly();

  /** Links that carry data, by number; with passive mode at most one. */
  private final @Nullable PeerLink[] carriers = new PeerLink[LinkSettings.LINKS_MOST];

  private int carrierCount;
  private int rotation;
  private boolean beganAnew;

  Peer(int node) {
    this.node = node;
  }

  int node() {
    return node;
  }

  /** The link of that number, null when there is none. */
  @Nullable PeerLink link(int number) {
    return number < links.length ? links[number] : null;
  }

  void link(int number, @Nullable PeerLink link) {
    links[number] = link;
  }

  DuplicateFilter filter() {
    return filter;
  }

  PingTimes pingTimes() {
    return pingTimes;
  }

  Reassembly reassembly() {
    return reassembly;
  }

  /** Decides anew which links carry data. */
  void choose(Mode mode) {
    Arrays.fill(carriers, null);
    carrierCount = 0;
    for (PeerLink each : links) {
      if (each == null || !each.isUp()) {
        continue;
      }
      PeerLink first = carriers[0];
      if (mode != Mode.PASSIVE || first == null) {
        carriers[carrierCount++] = each;
      } else if (each.priority() > first.priority()) {
        carriers[0] = each;
      }
    }
  }

  /** Whether any link is up. */
  boolean isReachable() {
    return carrierCount > 0;
  }

  int carrierCount() {
    return carrierCount;
  }

  PeerLink carrier(int index) {
    PeerLink link = carriers[index];
    if (link == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return link;
  }

  /** The links that carry data one after the other; there must be one. */
  PeerLink nextCarrier() {
    rotation = rotation + 1 < carrierCount ? rotation + 1 : 0;
    return carrier(rotation);
  }

  boolean carriesData(PeerLink link) {
    for (int i = 0; i < carrierCount; i++) {
      if (carriers[i] == link) {
        return true;
      }
    }
    return false;
  }

  /** Data has come. */
  void heardData() {
    beganAnew = false;
  }

  /**
   * The node's PING tells the number of its last message. A regular one with none comes from a node
   * that has begun anew; so does one that is behind what came before, when nothing newer has come
   * since an earlier one was behind: the ones with none may have been lost (kronosnet would then
   * drop the node's next thousands of messages). The same holds for one that is far ahead:
   * thousands went to others, or were lost. One out of turn after whole bursts without data means
   * that we have lost count. Only new PINGs count ({@link PingTimes}). To forget in error costs no
   * more than a few repeated messages.
   */
  void pinged(int sequence, boolean timed) {
    int highest = filter.highestNumber();
    if (timed && sequence == 0 && !beganAnew) {
      forget();
      beganAnew = true;
    } else if (timed && filter.isElsewhere(sequence)) {
      if (highestThen == highest) {
        forget();
      }
      highestThen = filter.highestNumber();
    } else if (timed) {
      highestThen = 0;
    } else {
      if (highestAtBurst == highest) {
        forget();
        filter.forgetUpTo(sequence);
      }
      highestAtBurst = filter.highestNumber();
    }
  }

  /** Forgets which data was taken. */
  void forget() {
    filter.forget();
    reassembly.forget();
  }
}
