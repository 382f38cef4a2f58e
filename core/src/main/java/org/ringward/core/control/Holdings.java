package org.ringward.core.control;

import org.ringward.core.cib.Bundle;
import org.ringward.core.cib.ClusterProperties;
import org.ringward.core.cib.Configuration;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.Primitive;
import org.ringward.core.cib.ResourceHistory;

/** Whether a node holds anything that must not be active elsewhere, by its own knowledge. */
final class Holdings {
  private Holdings() {}

  /**
   * True when everything is known to be stopped on the node and nothing will be started there
   * without quorum. What was never looked at, or cannot be told, counts as held.
   */
  static boolean areNone(Configuration configuration, NodeState self) {
    if ("ignore".equals(ClusterProperties.of(configuration).value("no-quorum-policy"))) {
      return false;
    }
    return canTell(configuration)
        && configuration.primitives().stream().allMatch(each -> isStopped(self, each))
        && self.histories().stream().allMatch(each -> isStopped(configuration, self, each));
  }

  /** What bundles run cannot be told from the histories. */
  static boolean canTell(Configuration configuration) {
    return configuration.resources().stream().noneMatch(Bundle.class::isInstance);
  }

  private static boolean isStopped(NodeState self, Primitive primitive) {
    return primitive.isFencingDevice()
        || ResourceView.on(self, primitive.id()) == ResourceView.Activity.STOPPED;
  }

  /** Also of what is configured no more, and of numbered instances of clones. */
  private static boolean isStopped(
      Configuration configuration, NodeState self, ResourceHistory history) {
    boolean device =
        configuration.primitives().stream()
            .anyMatch(each -> each.isFencingDevice() && each.id().equals(history.id()));
    return device || ResourceView.on(self, history.id()) == ResourceView.Activity.STOPPED;
  }
}
