package org.ringward.core.control;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.control.QuorumLineage.Formation;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.core.quorum.QuorumVerdict.Rule;

/**
 * May the members of a view go on: what votequorum decided on each of them, made one. All members
 * decide by the same claims and offers, so they decide the same. Stricter than votequorum in four
 * things, because the members' state is at stake:
 *
 * <ul>
 *   <li>Without most of all configured votes (a broken tie, last_man_standing) a view goes on only
 *       as the successor of the latest quorate one that anyone here knows of: most of its members
 *       are here, or half of them with the tie broken (dynamic linear voting: Jajodia and Mutchler,
 *       1990). A node that was away, started again, or goes over to another side in one step, can
 *       neither break a tie for the wrong half nor take quorum along.
 *   <li>With such options nobody goes on before every member has confirmed that somebody may: who
 *       is cut off in between remembers the attempt, and is as strict about it as about a quorate
 *       view (Yeger Lotem, Keidar and Dolev, 1997).
 *   <li>Votes of nodes that do not hold the cluster's state (a new disk; Corosync's nodes) help
 *       nobody while a node is missing that may know more. Where none of them does (a new cluster)
 *       most of all votes are enough, but not with the vote of a quorum device: one node and the
 *       device would begin anew what the others know; and not with votes of nodes whose state is
 *       damaged, which know that it was no new cluster.
 *   <li>wait_for_all holds a member back until it has been in a view that went on, not only until
 *       its ring was whole: one that breaks before the states are compared leaves a node with what
 *       it had on its disk.
 * </ul>
 */
final class QuorumAgreement {
  private static final String NOBODY_HOLDS =
      "but none of them holds the cluster's state, and a node is missing that may: ";

  private final Map<Integer, QuorumClaim> claims = new TreeMap<>();
  private NodeSet holders = NodeSet.EMPTY;
  private boolean complete;

  /** No member holds the cluster's state. */
  private boolean blank;

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
      latest = Math.max(latest, offer.quorum().lineage().last().ring());
      if (holders.contains(node)) {
        latest = Math.max(latest, offer.key().primary());
      }
    });
    this.holders = holders;
    this.complete = complete;
    this.blank = offers.values().stream().allMatch(ClusterMessage.StateOffer::blank);
  }

  /** Sequence of the latest quorate ring before this view that a holder knows of, 0 for none. */
  long latest() {
    return latest;
  }

  /** A member's votequorum has come to another result, or the member has confirmed the view. */
  void claimed(int node, QuorumClaim claim) {
    claims.put(node, claim);
  }

  QuorumVerdict verdict() {
    QuorumVerdict found = found();
    if (!isConfirmed(found)) {
      return refused(found, "not confirmed by all of them yet");
    }
    return hasLetGo() && !found.isAlone()
        ? refused(found, "but a node of them has let go of everything for another side")
        : found;
  }

  /** Whether a member has let go of everything for another side. */
  boolean hasLetGo() {
    return claims.values().stream().anyMatch(QuorumClaim::letGo);
  }

  /** Whether nothing but the members' confirmations is missing. */
  boolean isUnconfirmed() {
    return !isConfirmed(found());
  }

  private boolean isConfirmed(QuorumVerdict found) {
    return !found.quorate()
        || found.rule() == Rule.FORCED
        || claims.values().stream().noneMatch(claim -> claim.lineage().needed())
        || claims.values().stream().allMatch(claim -> claim.lineage().ready());
  }

  private QuorumVerdict found() {
    @Nullable QuorumVerdict first = null;
    for (Map.Entry<Integer, QuorumClaim> each : claims.entrySet()) {
      QuorumVerdict verdict = each.getValue().verdict();
      boolean counts = holders.contains(each.getKey()) || verdict.rule() == Rule.FORCED;
      if (verdict.quorate() && counts && succeeds(each.getValue())) {
        return checked(each.getValue());
      }
      first = first == null || !verdict.quorate() ? verdict : first;
    }
    if (first == null) {
      return QuorumVerdict.NONE;
    }
    return first.quorate() ? refused(first, whyNot()) : first;
  }

  private String whyNot() {
    if (holders.isEmpty()) {
      return NOBODY_HOLDS + "those whose state is damaged do not count";
    }
    return claims.values().stream().anyMatch(this::waits)
        ? "but wait_for_all waits until all have been here and have agreed on their state"
        : "but too few of the members of the last quorate ring";
  }

  /** Whether it has to wait for all, as far as it knows itself. */
  private boolean waits(QuorumClaim claim) {
    QuorumVerdict verdict = claim.verdict();
    boolean allHere = complete || verdict.votes() >= verdict.expected();
    return claim.lineage().waits() && !allHere && verdict.rule() != Rule.FORCED;
  }

  /** Whether no other part of the last quorate view can go on as well. */
  private boolean succeeds(QuorumClaim claim) {
    if (waits(claim)) {
      return false;
    }
    if (!isDynamic(claim)) {
      return true;
    }
    QuorumLineage lineage = claim.lineage();
    if (lineage.remembers() && lineage.last().ring() == latest) {
      boolean tieCounts = claim.verdict().rule() == Rule.TIE_BREAKER;
      NodeSet part = remembering();
      return lineage.last().isContinuedBy(part, tieCounts)
          && attempts().allMatch(each -> each.isContinuedBy(part, tieCounts));
    }
    return false;
  }

  /** Whether it says so with fewer than most of all votes. */
  private boolean isDynamic(QuorumClaim claim) {
    Rule rule = claim.verdict().rule();
    boolean fewer = claim.lineage().shrinks() || rule == Rule.TIE_BREAKER;
    return fewer && rule != Rule.FORCED && !complete;
  }

  /** Who started again does not know any more what it has confirmed. */
  private NodeSet remembering() {
    return NodeSet.of(
        claims.entrySet().stream()
            .filter(each -> each.getValue().lineage().remembers())
            .mapToInt(Map.Entry::getKey)
            .toArray());
  }

  /** Views after the last quorate one that may have gone on. */
  private Stream<Formation> attempts() {
    return claims.values().stream()
        .flatMap(claim -> claim.lineage().attempts().stream())
        .filter(each -> each.ring() >= latest);
  }

  private QuorumVerdict checked(QuorumClaim decisive) {
    QuorumVerdict verdict = decisive.verdict();
    NodeSet counting = isDynamic(decisive) ? holders.intersect(remembering()) : holders;
    int held =
        counting.stream()
            .mapToObj(claims::get)
            .mapToInt(claim -> claim == null ? 0 : claim.votes())
            .sum();
    int votes = held + (blank ? 0 : verdict.deviceVotes());
    boolean enough =
        switch (verdict.rule()) {
          case VOTES, TWO_NODE -> votes >= verdict.needed();
          case TIE_BREAKER -> votes >= verdict.votes();
          case DEVICE -> !blank;
          case FORCED, NO_PROVIDER -> true;
          case WAITING -> false;
        };
    if (complete || enough) {
      return verdict;
    }
    if (blank) {
      return refused(
          verdict,
          NOBODY_HOLDS
              + (verdict.deviceVotes() > 0
                  ? "the quorum device's vote does not help"
                  : "those whose state is damaged do not count"));
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
