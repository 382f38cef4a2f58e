package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ringward.core.base.Decision;
import org.ringward.core.cib.NodeState;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Journal;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * Makes decision records of what the cluster layer does and sees. The coordinator tells for all:
 * its records travel in the total order, so every node has the same timeline, also when the
 * coordinator dies.
 */
final class Storyteller {
  private final NodeSettings settings;
  private final Journal journal;
  private final Consumer<ClusterMessage> send;
  private final BooleanSupplier coordinates;
  private final Timeline timeline = new Timeline();
  private final List<Decision> untold = new ArrayList<>();
  private Moment now = new Moment(0, 0);

  Storyteller(
      NodeSettings settings,
      Journal journal,
      Consumer<ClusterMessage> send,
      BooleanSupplier coordinates) {
    this.settings = settings;
    this.journal = journal;
    this.send = send;
    this.coordinates = coordinates;
  }

  void at(Moment moment) {
    now = moment;
  }

  Timeline timeline() {
    return timeline;
  }

  /** A record of this or another coordinator was delivered. */
  void learned(Decision decision) {
    timeline.add(decision);
    journal.decision(decision);
  }

  /** Sends what was decided since the last time. */
  void flush() {
    if (!untold.isEmpty()) {
      send.accept(new ClusterMessage.Decisions(untold));
      untold.clear();
    }
  }

  void decide(Decision.Kind kind, String subject, String what, List<String> why) {
    untold.add(
        new Decision(now.wallMillis(), settings.nodeName(), kind, subject, what, why, List.of()));
  }

  /** A view was agreed: who came and who went, told by its coordinator. */
  void membership(
      ClusterState before, ClusterState after, boolean wasQuorate, QuorumVerdict verdict) {
    for (NodeState node : after.cib().status().nodes()) {
      NodeState old = before.node(node.uname());
      boolean was = NodeStates.isMember(old);
      boolean is = NodeStates.isMember(node);
      boolean sameLife = was && NodeStates.incarnation(old).equals(NodeStates.incarnation(node));
      if (was && !is) {
        gone(node);
      } else if (is && !sameLife) {
        decide(
            Decision.Kind.MEMBERSHIP,
            node.uname(),
            node.uname() + " joined the cluster",
            List.of());
      }
    }
    if (wasQuorate != verdict.quorate()) {
      tellQuorum(verdict);
    }
    if (!coordinates.getAsBoolean()) {
      decide(
          Decision.Kind.COORDINATOR,
          settings.nodeName(),
          settings.nodeName() + " coordinates",
          List.of("it has the lowest id of the members"));
    }
  }

  /** This side may go on, or no more, with the members it has; only the coordinator tells. */
  void quorum(boolean wasQuorate, QuorumVerdict verdict) {
    if (wasQuorate != verdict.quorate() && coordinates.getAsBoolean()) {
      tellQuorum(verdict);
    }
  }

  private void tellQuorum(QuorumVerdict verdict) {
    decide(
        Decision.Kind.QUORUM,
        settings.clusterName(),
        verdict.quorate() ? "quorum is reached" : "quorum is lost",
        List.of(verdict.reason()));
  }

  private void gone(NodeState node) {
    boolean unclean = NodeStates.isUnclean(node);
    decide(
        Decision.Kind.MEMBERSHIP,
        node.uname(),
        unclean ? node.uname() + " is lost" : node.uname() + " left the cluster",
        List.of(
            unclean
                ? "it is silent and did not say that it leaves; what it runs must not run elsewhere"
                    + " before it is proven down"
                : "it runs nothing any more"));
  }

  /** A message was applied; only the coordinator tells. */
  void applied(ClusterMessage message) {
    if (!coordinates.getAsBoolean()) {
      return;
    }
    switch (message) {
      case ClusterMessage.FenceOrder order ->
          decide(
              Decision.Kind.FENCE,
              order.target(),
              order.executor() + " fences " + order.target() + " (" + order.action() + ")",
              List.of(order.reason()));
      case ClusterMessage.FenceResult result ->
          decide(
              Decision.Kind.FENCE,
              result.target(),
              result.succeeded()
                  ? result.target() + " is proven down"
                  : "fencing of " + result.target() + " failed",
              List.of(result.succeeded() ? result.proof() : result.detail()));
      case ClusterMessage.OperationResult result -> {
        Decision decision = ResultStory.of(result, settings.nodeName());
        if (decision != null) {
          untold.add(decision);
        }
      }
      default -> {
        // Not worth a word, or told by whoever decided it.
      }
    }
  }

  /** An operator's order was accepted. */
  void ordered(String subject, String author, String what) {
    if (coordinates.getAsBoolean()) {
      decide(Decision.Kind.OPERATOR, subject, what, List.of("ordered by " + author));
    }
  }
}
