package org.ringward.core.control;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.quorum.QuorumVerdict;
import org.ringward.core.quorum.VoteQuorum;

/** What this node's votequorum says, and what the other members of the group were told of it. */
final class OwnVotes {
  private final Supplier<VoteQuorum> votequorum;
  private final Consumer<ClusterMessage> outlet;
  private final OwnLineage lineage;
  private int votes;
  private boolean letGo;
  private QuorumClaim told = new QuorumClaim(0, QuorumVerdict.NONE);

  /**
   * @param settings with the votes of this node
   * @param outlet sends in the agreed view
   */
  OwnVotes(
      NodeSettings settings, Supplier<VoteQuorum> votequorum, Consumer<ClusterMessage> outlet) {
    this.votes = settings.self().votes();
    this.lineage = new OwnLineage(settings.quorum());
    this.votequorum = votequorum;
    this.outlet = outlet;
  }

  VoteQuorum votequorum() {
    return votequorum.get();
  }

  /** This node has other votes, which are told at the next turn. */
  void reconfigured(NodeSettings changed) {
    votes = changed.self().votes();
    lineage.reconfigured(changed.quorum());
  }

  /** What was confirmed counts for the view before only. */
  void viewBegins() {
    lineage.viewBegins();
  }

  /** This node lets the view go on once all members do; from now on it remembers that. */
  void confirm(long ringSequence, NodeSet view) {
    lineage.attempt(ringSequence, view);
  }

  /** The view goes on, and no other can. */
  void wasQuorate(long ringSequence, NodeSet view) {
    lineage.formed(ringSequence, view);
  }

  /** This node is bound to start nothing: {@link OwnSurrender}. */
  void letGo(boolean bound) {
    letGo = bound;
  }

  /** What is to be said now, which counts as told. */
  QuorumClaim claim() {
    told = new QuorumClaim(votes, votequorum().verdict(), lineage.told(), letGo);
    return told;
  }

  /** Tells the others if it is something new. */
  void turn() {
    boolean same =
        told.votes() == votes
            && told.letGo() == letGo
            && told.verdict().equals(votequorum().verdict())
            && told.lineage().ready() == lineage.isReady();
    if (!same) {
      outlet.accept(new ClusterMessage.QuorumChange(claim()));
    }
  }

  /**
   * An operator's order was accepted; without effect when it is not about votes.
   *
   * @param own whether it was given on this node, which then asks all nodes' votequorum
   */
  void ordered(ClusterMessage.OperatorOrder order, boolean own) {
    switch (order.verb()) {
      case QUORUM_FORCE -> {
        String reason = order.options().getOrDefault("reason", "");
        votequorum().forced(order.author(), reason, order.wallMillis());
        if (own) {
          votequorum().force();
        }
      }
      case QUORUM_EXPECTED_VOTES -> {
        if (own) {
          votequorum().expectVotes(OperatorOrders.votes(order.options()));
        }
      }
      default -> {
        // Of something else.
      }
    }
  }
}
