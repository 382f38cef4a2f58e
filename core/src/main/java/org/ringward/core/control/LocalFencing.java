package org.ringward.core.control;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Configuration;
import org.ringward.core.fence.FenceAction;
import org.ringward.core.fence.FenceEnvironment;
import org.ringward.core.fence.FenceExecutor;
import org.ringward.core.fence.FenceOutcome;
import org.ringward.core.fence.FenceRequest;
import org.ringward.core.fence.Proof;
import org.ringward.core.port.Entropy;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * Runs the fencing ladder on this node when the coordinator orders it, and reports as a message.
 *
 * <p>A ladder may take longer than a machine needs to start again: when a later life of the target
 * has joined meanwhile nothing more is switched off for the sake of the earlier one, or the two go
 * on for ever, each shot meant for the life before the one it hits. And the shot at one life proves
 * nothing of a later one, which is fenced after it.
 */
final class LocalFencing {
  private final String nodeName;
  private final FenceExecutor executor;
  private final Consumer<ClusterMessage.FenceResult> results;
  private final UnaryOperator<String> lives;
  private final Map<String, ClusterMessage.FenceOrder> orders = new TreeMap<>();
  private final Map<String, Following> following = new TreeMap<>();
  private Moment now = new Moment(0, 0);

  /** An order that waits for the end of one for an earlier life of the same target. */
  private record Following(ClusterMessage.FenceOrder order, Configuration configuration) {}

  /**
   * @param lives which life of a node's daemon the agreed state has, empty for none
   */
  LocalFencing(
      String nodeName,
      FenceEnvironment environment,
      Processes processes,
      LongSupplier processIds,
      Entropy entropy,
      Consumer<ClusterMessage.FenceResult> results,
      UnaryOperator<String> lives) {
    this.nodeName = nodeName;
    this.results = results;
    this.lives = lives;
    this.executor =
        new FenceExecutor(nodeName, environment, processes, processIds, entropy, this::ended);
  }

  /** Begins; an order for a life of a target that is being fenced already joins that attempt. */
  void ordered(ClusterMessage.FenceOrder order, Configuration configuration, Moment at) {
    now = at;
    String device = AccessRung.device(order.action());
    ClusterMessage.FenceOrder running = orders.get(key(order.target(), device));
    if (running != null && letsIn(running) != letsIn(order)) {
      // The answer to the one must never be taken for the answer to the other.
      results.accept(
          answer(order, false, "%s of it is running just now".formatted(running.action())));
      return;
    }
    if (running != null && !running.incarnation().equals(order.incarnation())) {
      Following before =
          following.put(key(order.target(), device), new Following(order, configuration));
      if (before != null) {
        results.accept(
            answer(before.order(), false, "it was not begun before another was ordered"));
      }
      return;
    }
    orders.put(key(order.target(), device), order);
    if (running == null) {
      executor.fence(
          new FenceRequest(
              order.id(), order.target(), action(order.action()), configuration, nodeName, device),
          at.nanos());
    }
  }

  private static String key(String target, String device) {
    return target + " " + device;
  }

  private static boolean letsIn(ClusterMessage.FenceOrder order) {
    return order.action().equals("on") || AccessRung.isRestore(order.action());
  }

  /** The answer to an order whose target was proven down before it arrived. */
  static ClusterMessage.FenceResult needless(ClusterMessage.FenceOrder order) {
    return answer(order, true, "it was proven down already");
  }

  private static ClusterMessage.FenceResult answer(
      ClusterMessage.FenceOrder order, boolean succeeded, String sentence) {
    return new ClusterMessage.FenceResult(
        order.id(),
        order.target(),
        order.incarnation(),
        order.action(),
        order.executor(),
        succeeded,
        null,
        succeeded ? sentence : "",
        succeeded ? "" : sentence,
        order.wallMillis());
  }

  private static FenceAction action(String name) {
    if (AccessRung.isAccess(name)) {
      return AccessRung.isRevoke(name) ? FenceAction.OFF : FenceAction.ON;
    }
    return switch (name) {
      case "off" -> FenceAction.OFF;
      case "on" -> FenceAction.ON;
      default -> FenceAction.REBOOT;
    };
  }

  private void ended(FenceOutcome outcome) {
    String key = key(outcome.request().target(), outcome.request().device());
    ClusterMessage.FenceOrder order = orders.remove(key);
    if (order == null) {
      return;
    }
    @Nullable Proof proof = outcome.proof();
    results.accept(
        new ClusterMessage.FenceResult(
            order.id(),
            order.target(),
            order.incarnation(),
            order.action(),
            nodeName,
            outcome.succeeded(),
            proof == null ? null : proof.rung().name(),
            proof == null ? "" : proof.sentence(),
            outcome.reason(),
            now.wallMillis()));
    Following next = following.remove(key);
    if (next != null) {
      ordered(next.order(), next.configuration(), now);
    }
  }

  private void withdrawOvertaken() {
    for (ClusterMessage.FenceOrder order : orders.values()) {
      String life = lives.apply(order.target());
      boolean overtaken = !life.isEmpty() && !life.equals(order.incarnation());
      if (overtaken && order.unlessProven() && order.endsTarget()) {
        executor.withdraw(order.target(), "a later life of it has joined the cluster");
      }
    }
  }

  /**
   * Reads the metadata of the configured agents ahead of need: it would cost time when a node is
   * lost.
   */
  void prepare(Configuration configuration, Moment at) {
    now = at;
    executor.prepare(configuration, at.nanos());
  }

  boolean processEnded(long processId, ProcessResult result, Moment at) {
    now = at;
    withdrawOvertaken();
    return executor.processEnded(processId, result, at.nanos(), at.wallMillis());
  }

  void expire(Moment at) {
    now = at;
    withdrawOvertaken();
    executor.expire(at.nanos(), at.wallMillis());
  }

  long nextDeadline() {
    return executor.nextDeadline();
  }
}
