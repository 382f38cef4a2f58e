package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.ResourceHistory;

/**
 * What the histories say about one resource on one node, for people: the latest operation decides.
 */
final class ResourceView {
  private ResourceView() {}

  /** Exit codes of what runs: well, promoted, and both of them worse than they should be. */
  private static final List<Integer> ACTIVE = List.of(0, 8, 190, 191);

  /** What a resource is doing on a node. */
  enum Activity {
    UNKNOWN,
    STOPPED,
    STARTING,
    STARTED,
    STOPPING,
    FAILED
  }

  static Activity on(NodeState node, String resource) {
    @Nullable ResourceHistory history = node.history(resource);
    if (history == null) {
      return Activity.UNKNOWN;
    }
    @Nullable OperationRecord last = latest(history);
    return last == null ? Activity.UNKNOWN : last.isPending() ? pending(last) : after(last);
  }

  /** What is under way, else what ended last. */
  private static @Nullable OperationRecord latest(ResourceHistory history) {
    @Nullable OperationRecord last = null;
    for (OperationRecord each : history.operations()) {
      if (each.isPending() && each.intervalMillis() == 0) {
        return each;
      }
      boolean newer = last == null || each.callId() >= last.callId();
      if (newer && !each.isPending()) {
        last = each;
      }
    }
    return last;
  }

  private static Activity pending(OperationRecord operation) {
    return switch (operation.operation()) {
      case "start" -> Activity.STARTING;
      case "stop" -> Activity.STOPPING;
      default -> Activity.UNKNOWN;
    };
  }

  private static Activity after(OperationRecord operation) {
    int code = operation.exitCode();
    boolean done = operation.opStatus() == 0;
    return switch (operation.operation()) {
      case "start" -> done && code == 0 ? Activity.STARTED : Activity.FAILED;
      case "stop" -> done && code == 0 ? Activity.STOPPED : Activity.FAILED;
      default -> {
        if (done && code == 7) {
          yield operation.intervalMillis() == 0 ? Activity.STOPPED : Activity.FAILED;
        }
        yield done && ACTIVE.contains(code) ? Activity.STARTED : Activity.FAILED;
      }
    };
  }

  /** Nodes where the resource is active, or may be. */
  static List<String> activeOn(Cib cib, String resource) {
    List<String> nodes = new ArrayList<>();
    for (NodeState node : cib.status().nodes()) {
      switch (on(node, resource)) {
        case STARTED, STARTING, STOPPING, FAILED -> nodes.add(node.uname());
        case UNKNOWN, STOPPED -> {
          // Not there.
        }
      }
    }
    return nodes;
  }

  /** Whether its latest operation on the node was a stop that failed. */
  static boolean failedToStop(NodeState node, String resource) {
    @Nullable ResourceHistory history = node.history(resource);
    @Nullable OperationRecord last = history == null ? null : latest(history);
    return last != null
        && !last.isPending()
        && last.operation().equals("stop")
        && after(last) == Activity.FAILED;
  }

  /** The operations of a node whose results are not good, newest first within a resource. */
  static List<OperationRecord> failures(ResourceHistory history) {
    return history.operations().stream()
        .filter(each -> !each.isPending() && each.id().contains("_last_failure_"))
        .toList();
  }
}
