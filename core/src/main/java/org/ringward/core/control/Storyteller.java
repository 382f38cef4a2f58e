package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ringward.core.base.Decision;
import org.ringward.core.base.HybridClock;
import org.ringward.core.base.SavedConfiguration;
import org.ringward.core.cib.NodeState;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.port.Journal;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * Makes decision records of what the cluster layer does and sees. The coordinator tells for all:
 * its records travel in the total order, so every node has the same timeline, also when the
 * coordinator dies. What a node notices by itself it notes at once and tells the others; nodes that
 * were apart tell each other what they noted meanwhile.
 */
public final class Storyteller {
  /** Records that wait for a ring; of more the oldest are left to this node's own file. */
  private static final int UNTOLD_MOST = 256;

  /** So much of the story is told to those who come back. */
  private static final int RETOLD_MOST = 200;

  private final NodeSettings settings;
  private final Journal journal;
  private final Consumer<ClusterMessage> send;
  private final BooleanSupplier coordinates;
  private final Timeline timeline = new Timeline();
  private final ConfigurationHistory history;
  private final TransitionWatch transition = new TransitionWatch();
  private final HybridClock clock = new HybridClock();
  private final List<Decision> untold = new ArrayList<>();
  private List<String> together = List.of();
  private final Map<String, String> apartSince = new TreeMap<>();
  private Moment now = new Moment(0, 0);
  private RingBreak broken = RingBreak.NONE;
  private Consumer<Decision> news = _ -> {};

  /** Something was told since the cluster was at rest. */
  private boolean unsettled;

  /**
   * When the ring of this node broke, and when its token had been seen last before; 0 for never.
   */
  private record RingBreak(long wallMillis, long silentMillis) {
    static final RingBreak NONE = new RingBreak(0, 0);
  }

  Storyteller(
      NodeSettings settings,
      Journal journal,
      Consumer<ClusterMessage> send,
      BooleanSupplier coordinates) {
    this.settings = settings;
    this.journal = journal;
    this.send = send;
    this.coordinates = coordinates;
    this.history = new ConfigurationHistory(journal);
  }

  void at(Moment moment) {
    now = moment;
  }

  /** The time of the inputs. */
  Moment moment() {
    return now;
  }

  Timeline timeline() {
    return timeline;
  }

  ConfigurationHistory history() {
    return history;
  }

  TransitionWatch transition() {
    return transition;
  }

  /**
   * What an earlier life of this node has on its disk: records in any order, configurations oldest
   * first.
   */
  public void remember(List<Decision> earlier, List<SavedConfiguration> configurations) {
    history.remember(configurations);
    for (Decision each : earlier) {
      clock.observe(each.clock());
      timeline.add(each);
    }
  }

  /** From now on told of every record that is delivered and is news. */
  void listen(Consumer<Decision> listener) {
    news = listener;
  }

  /**
   * A record of this or another node was delivered.
   *
   * @param again it is told to those who were away
   */
  void learned(Decision decision, boolean again) {
    clock.observe(decision.clock());
    if (timeline.add(decision)) {
      journal.decision(decision);
      if (!again) {
        news.accept(decision);
      }
    }
  }

  /** What this node noticed by itself; noted at once, the others are told when they can be. */
  public void observed(Decision decision) {
    Decision stamped = decision.stamped(clock.tick(now.wallMillis()));
    timeline.add(stamped);
    journal.decision(stamped);
    untold.add(stamped);
    if (untold.size() > UNTOLD_MOST) {
      untold.removeFirst();
    }
  }

  /**
   * The ring of this node broke just now.
   *
   * @param silentMillis how long ago its token was seen last
   */
  public void ringBroke(long silentMillis) {
    if (broken.wallMillis() == 0) {
      broken = new RingBreak(now.wallMillis(), Math.max(0, silentMillis));
    }
  }

  /** Sends what was decided since the last time. */
  void flush() {
    if (!untold.isEmpty()) {
      send.accept(new ClusterMessage.Decisions(untold));
      untold.clear();
    }
  }

  void decide(Decision.Kind kind, String subject, String what, List<String> why) {
    decide(kind, subject, what, why, Map.of());
  }

  void decide(
      Decision.Kind kind,
      String subject,
      String what,
      List<String> why,
      Map<String, String> facts) {
    tell(
        new Decision(now.wallMillis(), settings.nodeName(), kind, subject, what, why, List.of())
            .withFacts(facts));
  }

  private void tell(Decision decision) {
    unsettled = true;
    untold.add(decision.stamped(clock.tick(now.wallMillis())));
  }

  /** Nothing is left to do, as far as this coordinator knows. */
  void settled() {
    if (unsettled) {
      decide(
          Decision.Kind.TRANSITION,
          settings.clusterName(),
          "nothing is left to do",
          List.of(),
          Decision.facts("event", "settled"));
      unsettled = false;
    }
  }

  /** A view was agreed; its coordinator tells who came and who went. */
  void agreed(
      ClusterState before,
      ClusterState after,
      boolean wasQuorate,
      QuorumVerdict verdict,
      boolean coordinator) {
    history.agreed(after, now);
    retell(after);
    if (coordinator) {
      membership(before, after, wasQuorate, verdict);
    }
    broken = RingBreak.NONE;
  }

  /** One of those who stayed together tells the others what they have missed. */
  private void retell(ClusterState after) {
    List<String> members =
        after.cib().status().nodes().stream()
            .filter(NodeStates::isMember)
            .map(NodeState::uname)
            .toList();
    List<String> came = members.stream().filter(each -> !together.contains(each)).toList();
    List<String> stayed = members.stream().filter(together::contains).toList();
    String since =
        came.stream()
            .map(each -> apartSince.getOrDefault(each, HybridClock.at(0)))
            .min(String::compareTo)
            .orElse("");
    if (!came.isEmpty() && !stayed.isEmpty() && stayed.getFirst().equals(settings.nodeName())) {
      List<Decision> missed = timeline.after(since, RETOLD_MOST);
      if (!missed.isEmpty()) {
        send.accept(new ClusterMessage.Decisions(missed, true));
      }
    }
    came.forEach(apartSince::remove);
    for (String each : together) {
      if (!members.contains(each)) {
        apartSince.put(each, HybridClock.at(now.wallMillis() - broken.silentMillis() - 10_000));
      }
    }
    together = members;
  }

  private void membership(
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
            List.of(),
            Decision.facts("event", "joined"));
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
        List.of(verdict.reason()),
        Decision.facts("event", verdict.quorate() ? "reached" : "lost"));
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
                : "it runs nothing any more"),
        unclean ? lost() : Decision.facts("event", "left"));
  }

  /** How long it took to notice, and then to agree without the lost node. */
  private Map<String, String> lost() {
    long agree = broken.wallMillis() == 0 ? 0 : Math.max(0, now.wallMillis() - broken.wallMillis());
    return Decision.facts(
        "event",
        "lost",
        "detect",
        Long.toString(broken.silentMillis()),
        "agree",
        Long.toString(agree));
  }

  /** A message was applied; only the coordinator tells. */
  void applied(ClusterMessage message) {
    transition.applied(message);
    if (!coordinates.getAsBoolean()) {
      return;
    }
    switch (message) {
      case ClusterMessage.FenceOrder order ->
          decide(
              Decision.Kind.FENCE,
              order.target(),
              order.executor() + " fences " + order.target() + " (" + order.action() + ")",
              List.of(order.reason()),
              Decision.facts("event", "order", "executor", order.executor()));
      case ClusterMessage.FenceResult result ->
          decide(
              Decision.Kind.FENCE,
              result.target(),
              result.succeeded()
                  ? result.target() + " is proven down"
                  : "fencing of " + result.target() + " failed",
              List.of(result.succeeded() ? result.proof() : result.detail()),
              Decision.facts(
                  "event",
                  result.succeeded() ? "proof" : "failed",
                  "executor",
                  result.executor(),
                  "rung",
                  result.rung() == null ? "" : result.rung(),
                  "action",
                  result.action()));
      case ClusterMessage.OperationResult result -> {
        Decision decision = ResultStory.of(result, settings.nodeName(), now);
        if (decision != null) {
          tell(decision);
        }
      }
      default -> {
        // Not worth a word, or told by whoever decided it.
      }
    }
  }

  /** An operator's order was accepted. */
  void ordered(String subject, ClusterMessage.OperatorOrder order, OperatorOrders.Outcome outcome) {
    history.ordered(outcome.state(), order);
    if (coordinates.getAsBoolean()) {
      String author = "ordered by " + order.author();
      String reason = order.options().getOrDefault("reason", "");
      decide(
          Decision.Kind.OPERATOR,
          subject,
          outcome.message(),
          reason.isEmpty() ? List.of(author) : List.of(author, "the reason given: " + reason),
          Decision.facts("event", "order", "author", order.author()));
    }
  }
}
