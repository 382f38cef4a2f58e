package org.ringward.core.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.AgentEnvironment;
import org.ringward.core.agent.OperationOutcome;
import org.ringward.core.agent.ResourceExecutor;
import org.ringward.core.agent.ResourceOperation;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.lease.RingProgress;
import org.ringward.core.port.ProcessResult;
import org.ringward.core.port.Processes;

/**
 * What the cluster asks of this node's resource agents, and their answers as messages.
 *
 * <p>A live migration is sent off only when every member has the order: it comes to its target
 * without the target's doing, and a target that is cut off just then and asked what it runs has to
 * know that something may have arrived. (Seed 1193678: it had not heard of it, said that it had let
 * go of everything, and the guest was started again at its source.)
 */
final class LocalOperations {
  private static final String META = "CRM_meta_";

  private final String nodeName;
  private final ResourceExecutor executor;
  private final Consumer<ClusterMessage.OperationResult> results;
  private final RingProgress ring;
  private final Map<Long, ClusterMessage.ActionRequest> requests = new LinkedHashMap<>();
  private final List<ClusterMessage.ActionRequest> fresh = new ArrayList<>();
  private final Deque<Uncertain> uncertain = new ArrayDeque<>();
  private long lastOperation;
  private long lastCall;
  private Moment now = new Moment(0, 0);

  LocalOperations(
      String nodeName,
      AgentEnvironment environment,
      Processes processes,
      LongSupplier processIds,
      RingProgress ring,
      Consumer<ClusterMessage.OperationResult> results) {
    this.nodeName = nodeName;
    this.ring = ring;
    this.results = results;
    this.executor = new ResourceExecutor(environment, processes, processIds, this::ended);
  }

  /**
   * What waits until all members have it.
   *
   * @param packet that it came with, or a later one
   */
  private record Uncertain(ClusterMessage.ActionRequest request, int packet) {}

  /** Does what the coordinator asked of this node. */
  void requested(ClusterMessage.ActionRequest request, Moment at) {
    now = at;
    GraphAction action = request.action();
    switch (action.operation()) {
      case "cancel" ->
          executor.cancel(
              resource(action),
              meta(action, "operation", ""),
              action.number("interval"),
              at.nanos());
      case "delete", "lrm_delete" -> executor.cancelAllRecurring(resource(action), at.nanos());
      case "clear_failcount" -> {
        // Only what is remembered changes.
      }
      case "migrate_to" -> fresh.add(request);
      default -> execute(request, at);
    }
  }

  /** Nothing is agreed any more: who has what was not begun yet will never be known. */
  void interrupted(Moment at) {
    uncertain.stream().map(Uncertain::request).forEach(fresh::add);
    uncertain.clear();
    fresh.forEach(each ->
        refused(each, "the membership changed before all members knew of the migration", at));
    fresh.clear();
  }

  private void beginCertain(Moment at) {
    fresh.forEach(each -> uncertain.add(new Uncertain(each, ring.delivered())));
    fresh.clear();
    while (!uncertain.isEmpty() && ring.heldByAll() - uncertain.getFirst().packet >= 0) {
      execute(uncertain.removeFirst().request, at);
    }
  }

  /** Takes back what the coordinator asked, unheard. */
  void refused(ClusterMessage.ActionRequest request, String why, Moment at) {
    results.accept(
        new ClusterMessage.OperationResult(
            nodeName,
            request.transitionKey(),
            request.action(),
            OperationRecord.EXIT_NONE,
            OperationOutcome.Status.CANCELLED.number(),
            why,
            ++lastCall,
            0,
            0,
            at.wallMillis()));
  }

  private void forgotten(String resource, Moment at) {
    now = at;
    executor.cancelAllRecurring(resource, at.nanos());
  }

  /**
   * What this node shall not remember any more it must not go on monitoring either: if the resource
   * comes up on another node, a monitor left here would find a failure for ever.
   */
  void cancelForgotten(ClusterState before, ClusterState after, Moment at) {
    NodeState old = before.node(nodeName);
    NodeState self = after.node(nodeName);
    if (old != null && self != null) {
      old.histories().stream()
          .map(ResourceHistory::id)
          .filter(resource -> self.history(resource) == null)
          .forEach(resource -> forgotten(resource, at));
    }
  }

  private void execute(ClusterMessage.ActionRequest request, Moment at) {
    ResourceOperation operation = operation(++lastOperation, request.action());
    if (operation.recurring()) {
      requests.values().removeIf(old -> sameRecurring(old.action(), request.action()));
    }
    requests.put(operation.id(), request);
    executor.execute(operation, at.nanos());
  }

  private static boolean sameRecurring(GraphAction old, GraphAction wanted) {
    return old.number("interval") > 0
        && old.number("interval") == wanted.number("interval")
        && old.operation().equals(wanted.operation())
        && resource(old).equals(resource(wanted));
  }

  private void ended(OperationOutcome outcome) {
    ClusterMessage.@Nullable ActionRequest request = requests.get(outcome.operation().id());
    if (request == null) {
      return;
    }
    boolean cancelled = outcome.status() == OperationOutcome.Status.CANCELLED;
    if (cancelled || !outcome.operation().recurring()) {
      requests.remove(outcome.operation().id());
    }
    results.accept(
        new ClusterMessage.OperationResult(
            nodeName,
            request.transitionKey(),
            request.action(),
            outcome.exitCode(),
            outcome.status().number(),
            outcome.exitReason(),
            ++lastCall,
            outcome.startedAfterMillis(),
            outcome.tookMillis(),
            now.wallMillis()));
  }

  boolean processEnded(long processId, ProcessResult result, Moment at) {
    now = at;
    return executor.processEnded(processId, result, at.nanos());
  }

  void expire(Moment at) {
    now = at;
    beginCertain(at);
    executor.expire(at.nanos());
  }

  long nextDeadline() {
    return executor.nextDeadline();
  }

  private static ResourceOperation operation(long id, GraphAction action) {
    GraphAction.@Nullable PrimitiveRef primitive = action.primitive();
    SortedMap<String, String> parameters = new TreeMap<>();
    SortedMap<String, String> meta = new TreeMap<>();
    action
        .attributes()
        .map()
        .forEach((name, value) -> {
          if (name.startsWith(META)) {
            meta.put(name.substring(META.length()), value);
          } else if (!name.equals("crm_feature_set")) {
            parameters.put(name, value);
          }
        });
    return new ResourceOperation(
        id,
        resource(action),
        primitive == null ? "" : primitive.agentClass(),
        primitive == null ? null : primitive.provider(),
        primitive == null ? "" : primitive.type(),
        action.operation(),
        action.number("interval"),
        action.number("timeout"),
        action.number("start_delay"),
        parameters,
        meta);
  }

  private static String resource(GraphAction action) {
    GraphAction.@Nullable PrimitiveRef primitive = action.primitive();
    return primitive == null ? "" : primitive.id();
  }

  private static String meta(GraphAction action, String name, String otherwise) {
    String value = action.meta(name);
    return value == null ? otherwise : value;
  }
}
