package org.ringward.core.policy.facts;

import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;

/** Marks nodes that have to be fenced, each kind of node in its way. */
final class Trouble {
  private Trouble() {}

  static void fence(PolicyNode node, String reason) {
    PrimitiveResource connection = node.connection;
    switch (node.kind) {
      case GUEST -> guest(node, reason);
      case REMOTE -> {
        if (connection != null && connection.removedFiller) {
          connection.failAndStop();
        } else if (connection == null || connection.managed) {
          node.resetNeeded = true;
          node.markUnclean(reason);
        }
      }
      case MEMBER -> node.markUnclean(reason);
    }
  }

  /** A guest is fenced by recovering what it lives in. */
  private static void guest(PolicyNode node, String reason) {
    PrimitiveResource container = node.container();
    if (container != null && !container.failed && container.managed) {
      node.resetNeeded = true;
      container.failAndStop();
      if (node.uncleanReason == null) {
        node.uncleanReason = reason;
      }
    }
  }
}
