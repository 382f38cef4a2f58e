package org.ringward.core.control;

import org.ringward.core.fence.Rung;

/** Which messages count only in the view they were sent in, and which only from a coordinator. */
final class MessageRules {
  private MessageRules() {}

  /** What only the coordinator of the view may send. */
  static boolean isOrder(ClusterMessage message) {
    return message instanceof ClusterMessage.ActionRequest
        || message instanceof ClusterMessage.FenceOrder
        || message instanceof ClusterMessage.LeaveOrder;
  }

  /** Who has let go is bound until the two are together: later that proves nothing. */
  static boolean isOfItsView(ClusterMessage message) {
    return message instanceof ClusterMessage.QuorumChange
        || message instanceof ClusterMessage.LeaseChange
        || message instanceof ClusterMessage.OperatorOrder
        || (message instanceof ClusterMessage.FenceResult result
            && Rung.SURRENDER.name().equals(result.rung()));
  }
}
