package org.ringward.core.node;

import java.util.Map;
import java.util.TreeMap;
import org.ringward.core.config.TotemSettings;
import org.ringward.core.control.Evidence.Sight;

/**
 * When the ring broke last, and whether a node that it lost has sent a heartbeat since. The
 * deadtime of heartbeats is longer than the ring's: only what was sent after the break tells a node
 * that cannot be reached from one that is dead.
 *
 * <p>All nodes of a ring that breaks notice it at about the same time, and those that live send a
 * heartbeat at once. Whoever was not heard a little later is taken for dead. Times are monotonic
 * nanoseconds.
 */
final class RingLoss {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NEVER = Long.MIN_VALUE;

  private long token;
  private final Map<Integer, Long> refusals = new TreeMap<>();
  private boolean operational;
  private long brokenAt = NEVER;

  RingLoss(TotemSettings settings) {
    reconfigured(settings);
  }

  /** Other timeouts. */
  void reconfigured(TotemSettings settings) {
    token = settings.token() * NANOS_PER_MILLI;
  }

  /** The system says that nobody listens there. */
  void refused(int node, long now) {
    refusals.put(node, now);
  }

  /** Whether the ring has just broken. */
  boolean turn(boolean turns, long now) {
    boolean broke = operational && !turns;
    operational = turns;
    if (broke) {
      brokenAt = now;
    }
    return broke;
  }

  /**
   * Whether a node that the ring has lost is heard since.
   *
   * @param lastSent when it sent its last heartbeat
   * @param fresh whether its heartbeats come as they should
   */
  Sight sight(int node, long lastSent, boolean fresh, long now) {
    if (!fresh) {
      return Sight.SILENT;
    }
    if (brokenAt == NEVER) {
      return Sight.ALIVE;
    }
    boolean ended = refusals.getOrDefault(node, NEVER) > brokenAt - token;
    // Without a refusal the ring broke because a token did not come for a whole token timeout.
    long since = ended ? brokenAt : brokenAt - token / 4;
    if (lastSent > since) {
      return Sight.ALIVE;
    }
    return !ended && now < brokenAt + token - token / 4 ? Sight.UNKNOWN : Sight.SILENT;
  }
}
