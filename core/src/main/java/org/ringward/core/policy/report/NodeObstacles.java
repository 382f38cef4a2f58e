package org.ringward.core.policy.report;

import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PolicyNode;

/** What keeps everything away from a node, whatever the scores are. */
final class NodeObstacles {
  private NodeObstacles() {}

  /** In words that follow "node is", null when there is nothing. */
  static @Nullable String of(PolicyNode node) {
    if (node.unclean) {
      return node.uncleanReason == null ? "unclean" : "unclean (" + node.uncleanReason + ")";
    }
    if (!node.online) {
      return "offline";
    }
    if (node.pending) {
      return "pending";
    }
    if (node.shutdown) {
      return "shutting down";
    }
    if (node.maintenance) {
      return "in maintenance";
    }
    if (node.standby) {
      return "standby";
    }
    return node.standbyAfterFailure ? "standby after a failure" : null;
  }
}
