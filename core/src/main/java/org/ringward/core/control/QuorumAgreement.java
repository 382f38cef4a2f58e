package org.ringward.core.control;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.core.quorum.QuorumVerdict.Rule;

/**
 * May the members of a view go on: what votequorum decided on each of them, made one. All members
 * decide by the same claims and offers, so they decide the same. Stricter than votequorum in two
 * things, because the members' state is at stake:
 *
 * <ul>
 *   <li>Only those count who were in the latest quorate ring that anyone here knows of. A node that
 *       was away remembers an old membership, and could break a tie for the wrong half.
 *   <li>Votes of nodes that do not hold the cluster's state (a new disk; Corosync's nodes) help
 *       nobody while a node is missing that may know more.
 * </ul>
 */
final class QuorumAgreement {
  private final Map<Integer, QuorumClaim> claims = new TreeMap<>();
  private NodeSet holders = NodeSet.EMPTY;
  private NodeSet newest = NodeSet.EMPTY;
  private boolean complete;

  /**
   * A view is agreed.
   *
   * @param holders the members whose votes count
   * @param complete every configured node is here
   */
  void begin(Map<Integer, ClusterMessage.StateOffer> offers, NodeSet holders, boolean complete) {
    claims.clear();
    offers.forEach((node, offer) -> claims.put(node, offer.quorum()));
    this.holders = holders;
    this.complete = complete;
    long primary = 0;
    for (int node : holders.stream().toArray()) {
      primary = Math.max(primary, primary(offers, node));
    }
    newest = NodeSet.EMPTY;
    for (int node : holders.stream().toArray()) {
      if (primary(offers, node) == primary) {
        newest = newest.with(node);
      }
    }
  }

  private static long primary(Map<Integer, ClusterMessage.StateOffer> offers, int node) {
    ClusterMessage.@Nullable StateOffer offer = offers.get(node);
    return offer == null ? 0 : offer.key().primary();
  }

  /** A member's votequorum has come to another result. */
  void claimed(int node, QuorumClaim claim) {
    claims.put(node, claim);
  }

  QuorumVerdict verdict() {
    @Nullable QuorumVerdict first = null;
    for (Map.Entry<Integer, QuorumClaim> each : claims.entrySet()) {
      QuorumVerdict verdict = each.getValue().verdict();
      boolean counts = newest.contains(each.getKey());
      if (counts && verdict.quorate()) {
        return checked(verdict);
      }
      first = first == null || (counts && !first.quorate()) ? verdict : first;
    }
    if (first == null) {
      return QuorumVerdict.NONE;
    }
    return first.quorate() ? refused(first, "who says so was not in the last quorate ring") : first;
  }

  private QuorumVerdict checked(QuorumVerdict verdict) {
    int held =
        holders.stream()
            .mapToObj(claims::get)
            .mapToInt(claim -> claim == null ? 0 : claim.votes())
            .sum();
    int counting = held + verdict.deviceVotes();
    boolean enough =
        switch (verdict.rule()) {
          case VOTES, TWO_NODE -> counting >= verdict.needed();
          case TIE_BREAKER -> counting >= verdict.votes();
          case DEVICE, FORCED, NO_PROVIDER -> true;
          case WAITING -> false;
        };
    if (complete || enough) {
      return verdict;
    }
    return refused(
        verdict,
        "only %d of them with nodes that hold the cluster's state; others do not count while a node"
                .formatted(held)
            + " is missing");
  }

  private static QuorumVerdict refused(QuorumVerdict verdict, String why) {
    return new QuorumVerdict(
        false,
        verdict.votes(),
        verdict.deviceVotes(),
        verdict.needed(),
        verdict.expected(),
        Rule.VOTES,
        "%d of %d votes are here, %s: this side may not go on"
            .formatted(verdict.votes(), verdict.expected(), why));
  }
}
