package org.ringward.core.control;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringward.core.agent.OperationOutcome;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.history.FailCounts;
import org.ringward.core.history.OperationHistory;
import org.ringward.core.history.OperationResult;

/**
 * How delivered messages change the agreed state: a pure function, the same on every node.
 * Operators' orders are in {@link OperatorOrders}, the beginning of a view in {@link SyncPoint}.
 */
final class StateMachine {
  private static final int OK = 0;
  private static final int DONE = 0;
  private static final long NO_CALL = -1;

  /** The attribute with the time at which a node was let in last. */
  private static final String UNFENCED = "#node-unfenced";

  private StateMachine() {}

  static ClusterState apply(ClusterState state, ClusterMessage message) {
    return switch (message) {
      case ClusterMessage.ActionRequest request -> requested(state, request);
      case ClusterMessage.OperationResult result -> ended(state, result);
      case ClusterMessage.FenceOrder order -> fenceOrdered(state, order);
      case ClusterMessage.FenceResult result -> fenceEnded(state, result);
      case ClusterMessage.LeaveOrder order -> leaves(state, order);
      case ClusterMessage.Promise promise -> promised(state, promise);
      case ClusterMessage.Connectivity told -> reaches(state, told);
      case ClusterMessage.LeaseChange change -> LeaseStates.applied(state, change.step());
      case ClusterMessage.StateOffer _,
          ClusterMessage.StateTransfer _,
          ClusterMessage.OperatorOrder _,
          ClusterMessage.QuorumChange _,
          ClusterMessage.Stored _,
          ClusterMessage.Decisions _ ->
          state;
    };
  }

  /** Actions that only change what is remembered are done by being delivered. */
  static boolean isDoneByDelivery(GraphAction action) {
    return switch (action.operation()) {
      case "delete", "cancel", "clear_failcount", "lrm_delete" -> true;
      default -> false;
    };
  }

  private static ClusterState requested(ClusterState state, ClusterMessage.ActionRequest request) {
    GraphAction action = request.action();
    if (action.operation().equals("clear_failcount")) {
      return state.withStatusOf(failuresForgotten(state.cib(), request.node(), action));
    }
    OperationResult result =
        isDoneByDelivery(action)
            ? result(request.transitionKey(), OK, DONE, "", 0, request.wallMillis(), 0)
            : result(
                request.transitionKey(),
                OperationRecord.EXIT_NONE,
                OperationRecord.STATUS_PENDING,
                "",
                NO_CALL,
                request.wallMillis(),
                0);
    return state.withStatusOf(OperationHistory.record(state.cib(), request.node(), action, result));
  }

  private static Cib failuresForgotten(Cib cib, String node, GraphAction action) {
    GraphAction.PrimitiveRef resource = action.primitive();
    if (resource == null) {
      return cib;
    }
    @Nullable String operation = action.meta("operation");
    return operation == null
        ? FailCounts.clear(cib, node, resource.id())
        : FailCounts.clear(cib, node, resource.id(), operation, action.number("interval"));
  }

  private static ClusterState ended(ClusterState state, ClusterMessage.OperationResult result) {
    if (isForgotten(state, result)) {
      return state;
    }
    Cib cib = record(state.cib(), result);
    GraphAction action = result.action();
    GraphAction.PrimitiveRef resource = action.primitive();
    long interval = action.number("interval");
    boolean counts =
        switch (action.operation()) {
          case "monitor" -> interval > 0;
          case "notify" -> false;
          default -> true;
        };
    if (resource != null && counts && isFailure(result)) {
      cib =
          FailCounts.increment(
              cib,
              result.node(),
              resource.id(),
              action.operation(),
              interval,
              result.wallMillis() / 1000);
    }
    ClusterState recorded = HalfMigrations.turned(state, state.withStatusOf(cib), result);
    boolean half = action.operation().equals("migrate_to") && isFailure(result);
    return half ? HalfMigrations.failed(recorded, result) : recorded;
  }

  /**
   * A recurring operation ends where it is forgotten. A result that was on its way then must not
   * make it look as if it went on.
   */
  private static boolean isForgotten(ClusterState state, ClusterMessage.OperationResult result) {
    GraphAction action = result.action();
    GraphAction.PrimitiveRef resource = action.primitive();
    if (resource == null || action.number("interval") <= 0) {
      return false;
    }
    NodeState node = state.node(result.node());
    ResourceHistory history = node == null ? null : node.history(resource.id());
    return history == null
        || history.operations().stream()
            .noneMatch(each ->
                each.operation().equals(action.operation())
                    && each.intervalMillis() == action.number("interval"));
  }

  static boolean isFailure(ClusterMessage.OperationResult result) {
    return OperationHistory.failed(result.action(), asResult(result));
  }

  /** Enters a result into the history of its node. */
  static Cib record(Cib cib, ClusterMessage.OperationResult result) {
    // An operation that was taken back before its first result leaves nothing to remember.
    return result.status() == OperationOutcome.Status.CANCELLED.number()
        ? OperationHistory.cancelled(cib, result.node(), result.action())
        : OperationHistory.record(cib, result.node(), result.action(), asResult(result));
  }

  static OperationResult asResult(ClusterMessage.OperationResult result) {
    return result(
        result.transitionKey(),
        result.exitCode(),
        result.status(),
        result.exitReason(),
        result.callId(),
        result.wallMillis(),
        result.tookMillis());
  }

  private static OperationResult result(
      String transitionKey,
      int exitCode,
      int status,
      String exitReason,
      long callId,
      long wallMillis,
      long tookMillis) {
    @Nullable TransitionKey key = TransitionKey.parse(transitionKey);
    return new OperationResult(
        exitCode,
        status,
        exitReason,
        callId,
        wallMillis / 1000,
        tookMillis,
        key == null ? 0 : key.transition(),
        key == null ? "" : key.coordinator());
  }

  private static ClusterState fenceOrdered(ClusterState state, ClusterMessage.FenceOrder order) {
    return state.withStatus(
        FenceHistory.with(
            state.cib().status(),
            new FenceHistory.Entry(
                order.id(),
                order.target(),
                order.incarnation(),
                order.action(),
                order.executor(),
                "running",
                order.reason(),
                order.reason(),
                "",
                order.wallMillis())));
  }

  private static ClusterState fenceEnded(ClusterState state, ClusterMessage.FenceResult result) {
    FenceHistory.Entry entry =
        new FenceHistory.Entry(
            result.id(),
            result.target(),
            result.incarnation(),
            result.action(),
            result.executor(),
            result.succeeded() ? "succeeded" : "failed",
            result.succeeded() && !result.proof().isEmpty() ? result.proof() : result.detail(),
            FenceHistory.cause(
                state.cib().status(),
                result.id(),
                result.executor(),
                result.target(),
                result.incarnation()),
            Objects.requireNonNullElse(result.rung(), ""),
            result.wallMillis());
    ClusterState recorded = state.withStatus(FenceHistory.with(state.cib().status(), entry));
    if (!result.succeeded()) {
      return recorded;
    }
    return result.action().equals("on")
        ? unfenced(recorded, result)
        : LeaseStates.fenced(provenDown(recorded, result.target(), result.incarnation()), result);
  }

  /** What needs the node to be let in finds in its attributes that it was, and when. */
  private static ClusterState unfenced(ClusterState state, ClusterMessage.FenceResult result) {
    @Nullable NodeState node = state.node(result.target());
    String time = Long.toString(result.wallMillis() / 1000);
    return node != null && NodeStates.isMember(node)
        ? state.withNode(
            result.target(), node.id(), each -> each.withTransientAttribute(UNFENCED, time))
        : state;
  }

  /**
   * The proof covers one life of the node; a node that has begun another life meanwhile is not
   * touched.
   */
  static ClusterState provenDown(ClusterState state, String target, String incarnation) {
    @Nullable NodeState node = state.node(target);
    if (node != null && !NodeStates.incarnation(node).equals(incarnation)) {
      return state;
    }
    String id = node == null ? configuredId(state, target) : node.id();
    return HalfMigrations.historyEnds(state.withNode(target, id, NodeStates::provenDown), node);
  }

  private static ClusterState leaves(ClusterState state, ClusterMessage.LeaveOrder order) {
    @Nullable NodeState node = state.node(order.node());
    return node == null ? state : state.withNode(order.node(), node.id(), NodeStates::leaving);
  }

  private static ClusterState promised(ClusterState state, ClusterMessage.Promise promise) {
    @Nullable NodeState node = state.node(promise.node());
    return node == null || !NodeStates.incarnation(node).equals(promise.incarnation())
        ? state
        : state.withNode(
            promise.node(), node.id(), each -> NodeStates.bound(each, promise.boundMillis()));
  }

  private static ClusterState reaches(ClusterState state, ClusterMessage.Connectivity told) {
    @Nullable NodeState node = state.node(told.node());
    return node == null || !NodeStates.incarnation(node).equals(told.incarnation())
        ? state
        : state.withNode(
            told.node(),
            node.id(),
            each -> NodeStates.reaching(each, told.settled(), told.coming()));
  }

  private static String configuredId(ClusterState state, String name) {
    return state.cib().configuration().nodes().stream()
        .filter(node -> Objects.equals(node.uname(), name))
        .map(node -> node.id())
        .findFirst()
        .orElse(name);
  }
}
