package org.ringward.core.control;

import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.cib.TargetSeen;
import org.ringward.core.graph.GraphAction;
import org.ringward.core.history.OperationHistory;

/**
 * A migrate_to that failed, or whose end nobody will hear of, may have brought the resource to its
 * target although the target itself has done nothing. What is remembered of the resource there is
 * void then, so that it is probed before anything is started.
 */
final class HalfMigrations {
  private HalfMigrations() {}

  /** A migrate_to has failed. */
  static ClusterState failed(ClusterState state, ClusterMessage.OperationResult result) {
    String target = result.action().meta("migrate_target");
    GraphAction.PrimitiveRef resource = result.action().primitive();
    return target == null || resource == null ? state : forget(state, resource.id(), target);
  }

  /**
   * The history of a source ends: it is proven down, or began another life. A target that has done
   * its own half knows itself what it has; one that is still at it is asked when it is through, as
   * a migrate_from that is under way says nothing without its migrate_to (seed 332000).
   */
  static ClusterState historyEnds(ClusterState state, @Nullable NodeState source) {
    ClusterState changed = state;
    if (source != null) {
      for (ResourceHistory history : source.histories()) {
        changed = forgotten(changed, history);
      }
    }
    return changed;
  }

  /** A source's history of a resource ends; by order, too, such as a cleanup (seed 700096). */
  static ClusterState forgotten(ClusterState state, ResourceHistory atSource) {
    ClusterState changed = state;
    for (OperationRecord each : atSource.operations()) {
      changed = withoutTarget(changed, atSource.id(), each);
    }
    return changed;
  }

  /**
   * A start or stop of the source has ended, which is all that its history says from now on. That
   * the resource was sent away before is not forgotten if the target has done nothing since.
   */
  static ClusterState turned(
      ClusterState before, ClusterState after, ClusterMessage.OperationResult result) {
    GraphAction.PrimitiveRef resource = result.action().primitive();
    NodeState source = before.node(result.node());
    ResourceHistory history =
        source == null || resource == null ? null : source.history(resource.id());
    ClusterState changed = after;
    if (history != null
        && OperationHistory.isTurn(result.action(), StateMachine.asResult(result))) {
      for (OperationRecord each : history.operations()) {
        if (!each.isPending() && !knowsMore(before, history.id(), each)) {
          changed = withoutTarget(changed, history.id(), each);
        }
      }
    }
    return changed;
  }

  /** Whether something happened at the target after the migrate_to had been entered. */
  private static boolean knowsMore(ClusterState state, String resource, OperationRecord migrateTo) {
    String target = migrateTo.attributes().get("migrate_target");
    NodeState node = target == null ? null : state.node(target);
    TargetSeen seen = TargetSeen.read(migrateTo.attributes());
    return node != null && seen != null && seen.isBefore(node, resource);
  }

  /** A node is back among the members with what it remembered when it was lost. */
  static ClusterState targetIsBack(ClusterState state, String target) {
    ClusterState changed = state;
    for (NodeState source : state.cib().status().nodes()) {
      for (ResourceHistory history : source.histories()) {
        for (OperationRecord each : history.operations()) {
          if (target.equals(each.attributes().get("migrate_target")) && !isDone(each)) {
            changed = withoutTarget(changed, history.id(), each);
          }
        }
      }
    }
    return changed;
  }

  /**
   * What a node may say of itself in a new view: nothing of a resource that was sent to it and may
   * have arrived without its doing. The others may have made it void meanwhile, and its word
   * replaces what they know.
   */
  static NodeState ownWord(ClusterState state, NodeState self) {
    NodeState word = self;
    for (NodeState source : state.cib().status().nodes()) {
      for (ResourceHistory history : source.histories()) {
        for (OperationRecord each : history.operations()) {
          if (mayHaveArrived(self, history.id(), each)) {
            word = word.withoutHistory(history.id());
          }
        }
      }
    }
    return word;
  }

  private static boolean mayHaveArrived(NodeState self, String resource, OperationRecord each) {
    if (!each.operation().equals("migrate_to")
        || !self.uname().equals(each.attributes().get("migrate_target"))) {
      return false;
    }
    TargetSeen seen = TargetSeen.read(each.attributes());
    // While the source is still at it, it may arrive after all that was done here (seed 1069218).
    boolean later = !each.isPending() && seen != null && seen.isBefore(self, resource);
    @Nullable OperationRecord half = ownHalf(self.history(resource), resource);
    return half == null ? !later : half.isPending();
  }

  private static @Nullable OperationRecord ownHalf(
      @Nullable ResourceHistory known, String resource) {
    return known == null ? null : known.operation(resource + "_migrate_from_0");
  }

  /** Whether a result has made void what was known of a target, which no plan has foreseen. */
  static boolean voids(ClusterState before, ClusterMessage message, ClusterState after) {
    boolean result =
        message instanceof ClusterMessage.FenceResult
            || message instanceof ClusterMessage.OperationResult;
    return result
        && after.cib().status().nodes().stream()
            .anyMatch(node -> NodeStates.isMember(node) && lacks(node, before.node(node.uname())));
  }

  private static boolean lacks(NodeState node, @Nullable NodeState before) {
    return before != null
        && !before.equals(node)
        && before.histories().stream().anyMatch(each -> node.history(each.id()) == null);
  }

  private static boolean isDone(OperationRecord migrateTo) {
    return migrateTo.opStatus() == 0 && migrateTo.exitCode() == 0;
  }

  private static ClusterState withoutTarget(
      ClusterState state, String resource, OperationRecord migrateTo) {
    String target = migrateTo.attributes().get("migrate_target");
    if (target == null || !migrateTo.operation().equals("migrate_to")) {
      return state;
    }
    NodeState node = state.node(target);
    ResourceHistory known = node == null ? null : node.history(resource);
    @Nullable OperationRecord half = ownHalf(known, resource);
    return half == null || half.isPending() ? forget(state, resource, target) : state;
  }

  private static ClusterState forget(ClusterState state, String resource, String target) {
    NodeState node = state.node(target);
    return node == null || node.history(resource) == null
        ? state
        : state.withNode(target, node.id(), each -> each.withoutHistory(resource));
  }
}
