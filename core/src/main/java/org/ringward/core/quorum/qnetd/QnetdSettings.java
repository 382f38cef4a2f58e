package org.ringward.core.quorum.qnetd;

import org.ringward.core.base.NodeSet;
import org.ringward.core.config.DeviceSettings.Net.Tls;

/**
 * What a node tells corosync-qnetd of itself and its cluster, and how long it waits.
 *
 * @param tieBreaker 0 lowest, -1 highest, else the id of a node
 * @param keepActive whether a tie is won by the side that had the vote before
 * @param timeoutMillis the quorum device's timeout, equal on all nodes
 * @param connectMillis how long connecting may take
 * @param nodes ids of all configured nodes
 */
public record QnetdSettings(
    String cluster,
    int node,
    int tieBreaker,
    boolean keepActive,
    Tls tls,
    int timeoutMillis,
    int connectMillis,
    NodeSet nodes) {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The interval that corosync-qnetd is told; it drops a node after 1.5 of it in silence. */
  int heartbeatMillis() {
    return timeoutMillis / 10 * 8;
  }

  /**
   * How long a vote counts after the last question that was answered was sent; a third of the time
   * after which corosync-qnetd takes a silent node for dead.
   */
  long leaseNanos() {
    return heartbeatMillis() / 2 * NANOS_PER_MILLI;
  }

  long echoNanos() {
    return heartbeatMillis() / 8 * NANOS_PER_MILLI;
  }
}
