package org.ringward.core.control;

import java.util.function.Consumer;

/**
 * What this node lets the others count on, and since when it may count on what the others told: see
 * {@link ClusterMessage.Promise}.
 */
final class WatchdogPromises {
  private final String node;
  private final String incarnation;
  private final Consumer<ClusterMessage> send;
  private long own;

  /** In which view the own promise was sent last. */
  private long sentIn = -1;

  private boolean alone;
  private long aloneSince;

  /**
   * @param incarnation this life of the daemon, as the state has it
   * @param send sends in this view only
   */
  WatchdogPromises(String node, long incarnation, Consumer<ClusterMessage> send) {
    this.node = node;
    this.incarnation = Long.toUnsignedString(incarnation, 16);
    this.send = send;
  }

  /** From now on this node's machine is off so long after it was lost, in milliseconds. */
  void promise(long boundMillis) {
    if (own != boundMillis) {
      own = boundMillis;
      sentIn = -1;
    }
  }

  /** A view was agreed, or its votes have changed; the time of all watchdogs begins at that. */
  void view(boolean isAlone, boolean isNew, Moment now) {
    if (isNew || !alone) {
      aloneSince = now.nanos();
    }
    alone = isAlone;
  }

  /** Sees to it that the agreed state has the own promise. */
  void turn(ClusterState state, long ringSequence) {
    boolean known = NodeStates.bound(state.node(node)) == own;
    if (!known && alone && sentIn != ringSequence) {
      sentIn = ringSequence;
      send.accept(new ClusterMessage.Promise(node, incarnation, own));
    }
  }

  /**
   * When a lost node counts as off because of its watchdog: monotonic nanoseconds, Long.MAX_VALUE
   * for never.
   *
   * @param life the life of its daemon that is to be ended
   */
  long ends(ClusterState state, String target, String life) {
    return alone ? WatchdogProof.ends(state, target, life, aloneSince) : Long.MAX_VALUE;
  }
}
