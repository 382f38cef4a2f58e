package org.ringward.core.policy.actions;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;

/**
 * Nodes that must be given access (again) before what needs it is started or looked for there:
 * those that never were, and those on which the definition of the device has changed.
 */
final class Unfencing {
  private static final String ATTRIBUTE = "#node-unfenced";

  private final Situation situation;
  private final Map<PolicyNode, PlannedAction> planned = new LinkedHashMap<>();

  Unfencing(Planning planning) {
    this.situation = planning.situation;
  }

  /** The device's definition is another one than what the node was unfenced with. */
  void deviceChanged(PrimitiveResource device, PolicyNode node, String what) {
    if (isDevice(device) && isUnfenced(node)) {
      unfence(node, "Device " + what + " changed");
    }
  }

  private static boolean isUnfenced(PolicyNode node) {
    return Values.number(node.attributes.get(ATTRIBUTE), 0) > 0;
  }

  private PlannedAction unfence(PolicyNode node, String why) {
    return planned.computeIfAbsent(
        node,
        each -> {
          PlannedAction on =
              situation.create(null, Tasks.FENCE, "stonith-" + each.name + "-on", 0, each, false);
          on.meta.put("stonith_action", "on");
          on.because(why);
          return on;
        });
  }

  /** Before a start or probe, should the resource need access and the node not have it. */
  void before(PrimitiveResource resource, PolicyNode node, PlannedAction action, boolean required) {
    if (!situation.hasUnfencing || !needs(resource) || node.isGuest() || !node.online) {
      return;
    }
    if (node.unclean) {
      return;
    }
    if (required && !isUnfenced(node)) {
      unfence(node, "required by " + resource.id + " " + action.task);
    }
    PlannedAction on = planned.get(node);
    if (on != null) {
      action.after(on, Flags.ORDERED | Flags.FIRST_IMPLIES_THEN);
    }
  }

  /** What needs access stops before access is given anew. */
  void afterStop(PrimitiveResource resource, PolicyNode node, PlannedAction stop) {
    PlannedAction on = planned.get(node);
    if (on != null && resource.requires == PrimitiveResource.Requires.UNFENCING) {
      on.after(stop, Flags.ORDERED | Flags.THEN_IMPLIES_FIRST);
    }
  }

  private static boolean isDevice(PrimitiveResource resource) {
    return resource.isFencingDevice() && "unfencing".equals(resource.meta("provides"));
  }

  private static boolean needs(PrimitiveResource resource) {
    return isDevice(resource) || resource.requires == PrimitiveResource.Requires.UNFENCING;
  }
}
