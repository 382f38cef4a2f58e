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
 *   <li>Without most of all configured votes (a broken tie, last_man_standing) only those count who
 *       took part in the latest quorate ring that anyone here knows of, and most of its members
 *       must be here, or half of them with the tie broken: dynamic linear voting (Jajodia and
 *       Mutchler, 1990). A node that was away, or goes over to another side in one step, can
 *       neither break a tie for the wrong half nor take quorum along.
 *   <li>Votes of nodes that do not hold the cluster's state (a new disk; Corosync's nodes) help
 *       nobody while a node is missing that may know more.
 * </ul>
 */
final class QuorumAgreement {
  private final Map<Integer, QuorumClaim> claims = new TreeMap<>();
  private NodeSet holders = NodeSet.EMPTY;
  private boolean complete;

  /** Sequence of the latest quorate ring that a holder knows of. */
  private long latest;

  /**
   * A view is agreed.
   *
   * @param holders the members whose votes count
   * @param complete every configured node is here
   */
  void begin(Map<Integer, ClusterMessage.StateOffer> offers, NodeSet holders, boolean complete) {
    claims.clear();
    latest = 0;
    offers.forEach((node, offer) -> {
      claims.put(node, offer.quorum());
      if (holders.contains(node)) {
        latest = Math.max(latest, offer.key().primary());
      }
    });
    this.holders = holders;
    this.complete = complete;
  }

  /** A member's votequorum has come to another result. */
  void claimed(int node, QuorumClaim claim) {
    claims.put(node, claim);
  }

  QuorumVerdict verdict() {
    @Nullable QuorumVerdict first = null;
    for (Map.Entry<Integer, QuorumClaim> each : claims.entrySet()) {
      QuorumVerdict verdict = each.getValue().verdict();
      if (verdict.quorate() && holders.contains(each.getKey()) && continues(each.getValue())) {
        return checked(verdict);
      }
      first = first == null || !verdict.quorate() ? verdict : first;
    }
    if (first == null) {
      return QuorumVerdict.NONE;
    }
    return first.quorate()
        ? refused(first, "but too few of the members of the last quorate ring")
        : first;
  }

  /** Whether no other part of the last quorate ring can go on as well. */
  private boolean continues(QuorumClaim claim) {
    Rule rule = claim.verdict().rule();
    boolean byAllVotes =
        !claim.shrinks() && rule != Rule.TIE_BREAKER || rule == Rule.FORCED || complete;
    if (byAllVotes) {
      return true;
    }
    if (claim.lastRing() < latest) {
      return false;
    }
    NodeSet here = NodeSet.of(claims.keySet().stream().mapToInt(Integer::intValue).toArray());
    int before = claim.lastQuorate().size();
    int twice = 2 * claim.lastQuorate().intersect(here).size();
    return twice > before || (twice == before && (before == 0 || isTieBroken(claim, here)));
  }

  private static boolean isTieBroken(QuorumClaim claim, NodeSet here) {
    return claim.verdict().rule() == Rule.TIE_BREAKER && here.contains(claim.tieNode());
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
