package org.ringward.core.policy.actions;

import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;

/** Nodes that must be given access again before what needs it is started there. */
final class Unfencing {
  private Unfencing() {}

  static void before(
      Planning planning, PrimitiveResource resource, PolicyNode node, PlannedAction start) {
    // Filled in with the fencing chapter.
  }
}
