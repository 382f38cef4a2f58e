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
  private static final String OVERTAKEN = "a later life of it has joined the cluster";

  private final String nodeName;
  private final FenceExecutor executor;
  private final Consumer<ClusterMessage.FenceResult> results;
  private final Consumer<ClusterMessage.FenceOrder> again;
  private final UnaryOperator<String> lives;
  private final Map<String, ClusterMessage.FenceOrder> orders = new TreeMap<>();

  /** What is to be ordered again when the attempt on the same target has ended. */
  private final Map<String, ClusterMessage.FenceOrder> waiting = new TreeMap<>();

  private Moment now = new Moment(0, 0);

  /**
   * @param results takes how an order ended
   * @param again takes an order that had to wait, when its turn has come
   * @param lives which life of a node's daemon the agreed state has, empty for none
   */
  LocalFencing(
      String nodeName,
      FenceEnvironment environment,
      Processes processes,
      LongSupplier processIds,
      Entropy entropy,
      Consumer<ClusterMessage.FenceResult> results,
      Consumer<ClusterMessage.FenceOrder> again,
      UnaryOperator<String> lives) {
    this.nodeName = nodeName;
    this.results = results;
    this.again = again;
    this.lives = lives;
    this.executor =
        new FenceExecutor(nodeName, environment, processes, processIds, entropy, this::ended);
  }

  /**
   * Begins; an order for the same action on the same life of a target joins the attempt that is
   * under way. One for another life or action waits until that has ended: a node that was switched
   * off long ago may be back while its power is still being given.
   */
  void ordered(ClusterMessage.FenceOrder order, Configuration configuration, Moment at) {
    now = at;
    String device = AccessRung.device(order.action());
    String key = key(order.target(), device);
    ClusterMessage.FenceOrder running = orders.get(key);
    if (isOvertaken(order)) {
      results.accept(answer(order, false, OVERTAKEN));
    } else if (running == null) {
      orders.put(key, order);
      executor.fence(
          new FenceRequest(
              order.id(), order.target(), action(order.action()), configuration, nodeName, device),
          at.nanos());
    } else if (letsIn(running) != letsIn(order)) {
      // The answer to the one must never be taken for the answer to the other.
      results.accept(
          answer(order, false, "%s of it is running just now".formatted(running.action())));
    } else if (running.action().equals(order.action())
        && running.incarnation().equals(order.incarnation())) {
      orders.put(key, order);
    } else {
      ClusterMessage.FenceOrder before = waiting.put(key, order);
      if (before != null) {
        results.accept(answer(before, false, "it was not begun before another was ordered"));
      }
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
    if (order != null) {
      tell(order, outcome);
    }
    ClusterMessage.FenceOrder next = waiting.remove(key);
    if (next != null) {
      again.accept(next);
    }
  }

  private void tell(ClusterMessage.FenceOrder order, FenceOutcome outcome) {
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

  private void withdrawOvertaken() {
    for (ClusterMessage.FenceOrder order : orders.values()) {
      if (isOvertaken(order)) {
        executor.withdraw(order.target(), OVERTAKEN);
      }
    }
  }

  /** What an operator ordered is done all the same. */
  private boolean isOvertaken(ClusterMessage.FenceOrder order) {
    String life = lives.apply(order.target());
    return order.unlessProven()
        && order.endsTarget()
        && !life.isEmpty()
        && !life.equals(order.incarnation());
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
