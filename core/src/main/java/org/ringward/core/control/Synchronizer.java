package org.ringward.core.control;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;

/**
 * Agreement on the state after every change of membership: each member offers what it holds, the
 * most advanced state wins and is transferred to those who hold another. Until that is done nothing
 * is applied and nothing is scheduled. All members see the same offers in the same order, so they
 * finish at the same message.
 */
final class Synchronizer {
  private long ringSequence;
  private NodeSet members = NodeSet.EMPTY;
  private final Map<Integer, ClusterMessage.StateOffer> offers = new TreeMap<>();
  private boolean done = true;

  /** What follows from the last offer. */
  enum Step {
    /** Offers are missing. */
    WAIT,
    /** All hold the same state. */
    AGREED,
    /** The winner has to send its state. */
    TRANSFER
  }

  /** A new view: everything offered before is void. */
  void begin(long ring, NodeSet view) {
    ringSequence = ring;
    members = view;
    offers.clear();
    done = false;
  }

  /** A ring change begins: nothing may finish until {@link #begin}. */
  void interrupt() {
    offers.clear();
    members = NodeSet.EMPTY;
    done = false;
  }

  Step offered(int from, ClusterMessage.StateOffer offer) {
    if (done || offer.ringSequence() != ringSequence || !members.contains(from)) {
      return Step.WAIT;
    }
    offers.put(from, offer);
    if (offers.size() < members.size()) {
      return Step.WAIT;
    }
    return allEqual() ? Step.AGREED : Step.TRANSFER;
  }

  /** Whether this transfer is the one everybody waits for. */
  boolean expects(int from, ClusterMessage.StateTransfer transfer) {
    return !done
        && !members.isEmpty()
        && transfer.ringSequence() == ringSequence
        && offers.size() == members.size()
        && from == winner();
  }

  void finished() {
    done = true;
  }

  boolean isDone() {
    return done;
  }

  NodeSet members() {
    return members;
  }

  Map<Integer, ClusterMessage.StateOffer> offers() {
    return offers;
  }

  /**
   * Of the holders (of all, if there are none) the one with the most advanced state, the lowest id.
   */
  int winner() {
    NodeSet holders = holders().isEmpty() ? members : holders();
    int best = holders.lowest();
    for (Map.Entry<Integer, ClusterMessage.StateOffer> each : offers.entrySet()) {
      if (holders.contains(each.getKey())
          && each.getValue().key().compareTo(offer(best).key()) > 0) {
        best = each.getKey();
      }
    }
    return best;
  }

  /**
   * Whether a member that took part in the line of history of the winning state holds it in memory,
   * so that it lacks nothing that was agreed; a new cluster has nothing to lack.
   */
  boolean isRemembered() {
    StateKey key = offer(winner()).key();
    return key.primary() == 0
        || offers.values().stream()
            .anyMatch(each ->
                each.key().equals(key) && each.quorum().lineage().last().ring() == key.primary());
  }

  /**
   * Members whose votes count: those that hold a state. When none does (a new cluster) those that
   * never had one. All of them when nobody is missing: then no absent node can know more than the
   * most advanced state here, and nothing would ever come that could end the waiting.
   */
  NodeSet holders() {
    if (isComplete()) {
      return members;
    }
    NodeSet holders = those(offer -> !offer.blank());
    return holders.isEmpty() ? those(offer -> !offer.damaged()) : holders;
  }

  private NodeSet those(Predicate<ClusterMessage.StateOffer> which) {
    return NodeSet.of(members.stream().filter(member -> which.test(offer(member))).toArray());
  }

  /** Every node that any member was told of is here; the same for all, as only offers decide it. */
  boolean isComplete() {
    List<String> here = members.stream().mapToObj(Integer::toString).toList();
    return offers.values().stream().allMatch(each -> here.containsAll(each.nodes().keySet()));
  }

  private boolean allEqual() {
    ClusterMessage.StateOffer first = offer(members.lowest());
    return offers.values().stream()
        .allMatch(each -> each.key().equals(first.key()) && each.digest().equals(first.digest()));
  }

  private ClusterMessage.StateOffer offer(int member) {
    ClusterMessage.@Nullable StateOffer offer = offers.get(member);
    return Objects.requireNonNull(offer);
  }
}
