package org.ringward.core.totem;

import java.util.TreeMap;
import org.ringward.core.base.NodeSet;

/**
 * Which nodes may be given up before the consensus timeout, because nothing is to be expected of
 * them.
 *
 * <p>A token that arrives proves that every member was alive when it passed it on. A member that
 * has passed none for the token timeout, nor answered {@link #JOINS_UNANSWERED} JOINs after that,
 * is silent. To wait for the rest of the consensus timeout (Corosync's is longer than token) would
 * double the outage and find out nothing more.
 *
 * <p>A node whose address nobody listens at is silent after a moment, in which it could have
 * answered a JOIN. That report is not authenticated: it makes members ask each other, no more, and
 * one that turned out wrong makes further ones about that node unheard for a while.
 */
final class Silence {
  private static final int JOINS_UNANSWERED = 4;

  /** A refused node has three tenths of the join timer to answer. */
  private static final double REFUSED_GRACE = 0.3;

  private static final long WRONG_REFUSAL_NANOS = 10_000_000_000L;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final RingContext context;
  private final TreeMap<Integer, Long> refusedSince = new TreeMap<>();
  private final TreeMap<Integer, Long> unheardUntil = new TreeMap<>();
  private NodeSet heard = NodeSet.EMPTY;
  private long silentAt;

  Silence(RingContext context) {
    this.context = context;
  }

  /** Members begin to be asked, after the ring was operational or being formed. */
  void begin(long now) {
    heard = NodeSet.of(context.self);
    long answers = (long) JOINS_UNANSWERED * context.settings.join() * NANOS_PER_MILLI;
    long tokenLost = context.lastTokenTime + context.times.token() * NANOS_PER_MILLI;
    silentAt = Math.max(now, tokenLost) + answers;
  }

  /** A frame of that node came in. */
  void heard(int node, long now) {
    if (!heard.contains(node)) {
      heard = heard.with(node);
      if (refusedSince.remove(node) != null) {
        unheardUntil.put(node, now + WRONG_REFUSAL_NANOS);
      }
    }
  }

  /**
   * The system said that nobody listens at that node.
   *
   * @return false when that is not to be believed
   */
  boolean refused(int node, long now) {
    Long until = unheardUntil.get(node);
    if (until != null && now < until) {
      return false;
    }
    refusedSince.putIfAbsent(node, now);
    return true;
  }

  /** A ring is formed. */
  void end() {
    refusedSince.clear();
  }

  /** When the last of these nodes counts as silent, Long.MAX_VALUE when one never does. */
  long silentTime(NodeSet nodes) {
    return nodes.stream().mapToLong(this::silentTime).max().orElse(Long.MAX_VALUE);
  }

  private long silentTime(int node) {
    if (heard.contains(node)) {
      return Long.MAX_VALUE;
    }
    boolean member = context.members.contains(node) || context.newMembers.contains(node);
    long byToken = member ? silentAt : Long.MAX_VALUE;
    Long refused = refusedSince.get(node);
    long grace = (long) (REFUSED_GRACE * context.settings.join() * NANOS_PER_MILLI);
    return refused == null ? byToken : Math.min(byToken, refused + grace);
  }
}
