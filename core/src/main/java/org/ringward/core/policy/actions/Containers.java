package org.ringward.core.policy.actions;

import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Tasks;

/** What runs inside of another resource starts after it and stops before it. */
final class Containers {
  private Containers() {}

  static void order(Planning planning, PrimitiveResource resource) {
    PrimitiveResource container = resource.container;
    if (container == null) {
      return;
    }
    planning.orderings.order(
        container,
        Tasks.START,
        resource,
        Tasks.START,
        Flags.FIRST_IMPLIES_THEN | Flags.UNRUNNABLE_FIRST_BLOCKS);
    planning.orderings.order(resource, Tasks.STOP, container, Tasks.STOP, Flags.THEN_IMPLIES_FIRST);
  }
}
