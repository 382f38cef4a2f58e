package org.ringward.core.node;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.admin.AdminReply;
import org.ringward.core.control.ClusterLookout;
import org.ringward.core.control.Moment;
import org.ringward.core.group.ProcessGroups;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * Shows a whole node to those who watch it, such as the page and metrics. In the node's thread
 * only; what it hands out may go anywhere.
 */
public final class Lookout {
  private static final long SLOW_MILLIS = 400;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ClusterLookout cluster;
  private final RingDesk ring;
  private final QuorumDesk quorum;
  private final Heart heart;
  private final ProcessGroups groups;
  private boolean operational;
  private @Nullable Slow slow;

  /**
   * What costs more to find out and changes less: it is asked for again when the ring or the votes
   * have changed, and when it is {@value #SLOW_MILLIS} ms old.
   */
  private record Slow(
      long nanos,
      boolean operational,
      QuorumVerdict verdict,
      AdminReply ring,
      AdminReply links,
      AdminReply quorum,
      AdminReply regions) {}

  /**
   * The node at a moment.
   *
   * @param wallMillis when, milliseconds since 1970
   */
  public record Sight(
      long wallMillis,
      ClusterLookout.Sight cluster,
      AdminReply ring,
      AdminReply links,
      AdminReply quorum,
      AdminReply regions) {}

  Lookout(
      ClusterLookout cluster, RingDesk ring, QuorumDesk quorum, Heart heart, ProcessGroups groups) {
    this.cluster = cluster;
    this.ring = ring;
    this.quorum = quorum;
    this.heart = heart;
    this.groups = groups;
  }

  /** Whether something has changed since this was asked before; costs next to nothing. */
  public boolean changed() {
    boolean is = groups.isOperational();
    boolean other = is != operational;
    operational = is;
    boolean changed = cluster.changed(); // always asked: it remembers
    return changed || other;
  }

  /** Whether the ring works at this moment. */
  public boolean isOperational() {
    return groups.isOperational();
  }

  /** The cluster layer alone. */
  public ClusterLookout cluster() {
    return cluster;
  }

  /** When the token was last seen, monotonic nanoseconds. */
  public long tokenSeen() {
    return groups.tokenSeen();
  }

  /** The lives of this node and of the others that any heartbeat region sees, by id. */
  public SortedMap<Integer, Long> lives() {
    return heart.lives();
  }

  /**
   * What there is to see now.
   *
   * @param after number of the last decision that is known already, 0 for none
   */
  public Sight look(long nowNanos, long wallMillis, long after) {
    Slow ripe = ripe(nowNanos);
    return new Sight(
        wallMillis,
        cluster.look(new Moment(nowNanos, wallMillis), after),
        ripe.ring,
        ripe.links,
        ripe.quorum,
        ripe.regions);
  }

  @SuppressWarnings("ReferenceEquality") // a verdict that was reached anew is another object
  private Slow ripe(long nowNanos) {
    Slow known = slow;
    boolean good =
        known != null
            && nowNanos - known.nanos < SLOW_MILLIS * NANOS_PER_MILLI
            && known.operational == groups.isOperational()
            && known.verdict == cluster.verdict();
    if (known != null && good) {
      return known;
    }
    Slow fresh =
        new Slow(
            nowNanos,
            groups.isOperational(),
            cluster.verdict(),
            ring.status(),
            ring.links(),
            quorum.status(),
            heart.report());
    slow = fresh;
    return fresh;
  }
}
