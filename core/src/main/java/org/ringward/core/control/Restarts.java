package org.ringward.core.control;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.ExitCode;
import org.ringward.core.base.OperatorException;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.Known;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.OperationRecord;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.ResourceHistory;

/**
 * Orders to restart a resource. What it was started with is marked as outdated, which is one change
 * of the status: the scheduler then restarts it where it runs, with everything that depends on it,
 * exactly as after a change of its parameters. Nothing is switched off meanwhile that somebody
 * would have to switch on again.
 */
final class Restarts {
  /** No digest looks like this. */
  private static final String OUTDATED = "restart-ordered";

  private Restarts() {}

  /**
   * @param node only there, null for everywhere
   */
  static OperatorOrders.Outcome applied(
      ClusterState state, String resource, @Nullable String node) {
    Configuration configuration = state.cib().configuration();
    List<String> primitives =
        Known.running(configuration, resource).primitives().stream().map(Primitive::id).toList();
    String only = node == null ? null : Known.node(configuration, node).uname();
    ClusterState marked = state;
    List<String> where = new ArrayList<>();
    for (NodeState each : state.cib().status().nodes()) {
      if (only == null || only.equals(each.uname())) {
        NodeState outdated = outdated(each, primitives);
        if (!outdated.equals(each)) {
          where.add(each.uname());
          marked = marked.withNode(each.uname(), each.id(), _ -> outdated);
        }
      }
    }
    if (where.isEmpty()) {
      throw new OperatorException(
          ExitCode.USAGE,
          resource
              + " does not run"
              + (only == null ? " anywhere" : " on " + only)
              + ", so there is nothing to restart; 'ringward why "
              + resource
              + "' says why");
    }
    return new OperatorOrders.Outcome(
        marked, 0, resource + " is restarted on " + String.join(", ", where));
  }

  private static NodeState outdated(NodeState node, List<String> primitives) {
    NodeState marked = node;
    for (ResourceHistory each : node.histories()) {
      int colon = each.id().lastIndexOf(':');
      String plain = colon < 0 ? each.id() : each.id().substring(0, colon);
      boolean runs =
          switch (ResourceView.on(node, each.id())) {
            case STARTED, FAILED, STARTING -> true;
            case STOPPED, STOPPING, UNKNOWN -> false;
          };
      if (runs && (primitives.contains(each.id()) || primitives.contains(plain))) {
        marked = marked.withHistory(outdated(each));
      }
    }
    return marked;
  }

  private static ResourceHistory outdated(ResourceHistory history) {
    ResourceHistory marked = history;
    for (OperationRecord each : history.operations()) {
      boolean failure = each.id().endsWith("_last_failure_0");
      if (each.intervalMillis() == 0 && each.opDigest() != null && !failure) {
        OperationRecord changed = each.withAttribute("op-digest", OUTDATED);
        changed =
            new OperationRecord(
                changed
                    .attributes()
                    .without("op-restart-digest")
                    .without("op-force-restart")
                    .without("op-secure-digest")
                    .without("op-secure-params"));
        marked = marked.with(changed);
      }
    }
    return marked;
  }
}
