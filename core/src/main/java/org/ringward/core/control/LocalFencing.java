package org.ringward.core.control;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
 */
final class LocalFencing {
  private final String nodeName;
  private final FenceExecutor executor;
  private final Consumer<ClusterMessage.FenceResult> results;
  private final Map<String, ClusterMessage.FenceOrder> orders = new TreeMap<>();
  private Moment now = new Moment(0, 0);

  LocalFencing(
      String nodeName,
      FenceEnvironment environment,
      Processes processes,
      LongSupplier processIds,
      Entropy entropy,
      Consumer<ClusterMessage.FenceResult> results) {
    this.nodeName = nodeName;
    this.results = results;
    this.executor =
        new FenceExecutor(nodeName, environment, processes, processIds, entropy, this::ended);
  }

  /** Begins; an order for a target that is being fenced already joins that attempt. */
  void ordered(ClusterMessage.FenceOrder order, Configuration configuration, Moment at) {
    now = at;
    ClusterMessage.FenceOrder running = orders.get(order.target());
    if (running != null && letsIn(running) != letsIn(order)) {
      // The answer to the one must never be taken for the answer to the other.
      results.accept(
          answer(order, false, "%s of it is running just now".formatted(running.action())));
      return;
    }
    orders.put(order.target(), order);
    if (running == null) {
      executor.fence(
          new FenceRequest(
              order.id(), order.target(), action(order.action()), configuration, nodeName),
          at.nanos());
    }
  }

  private static boolean letsIn(ClusterMessage.FenceOrder order) {
    return order.action().equals("on");
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
    return switch (name) {
      case "off" -> FenceAction.OFF;
      case "on" -> FenceAction.ON;
      default -> FenceAction.REBOOT;
    };
  }

  private void ended(FenceOutcome outcome) {
    ClusterMessage.FenceOrder order = orders.remove(outcome.request().target());
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
    return executor.processEnded(processId, result, at.nanos(), at.wallMillis());
  }

  void expire(Moment at) {
    now = at;
    executor.expire(at.nanos(), at.wallMillis());
  }

  long nextDeadline() {
    return executor.nextDeadline();
  }
}
