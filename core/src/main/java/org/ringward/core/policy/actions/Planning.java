package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/** What the chapters of this part share: the actions, the orderings between them, fencing. */
final class Planning {
  final Facts facts;
  final Situation situation;
  final Operations operations;
  final ActionMaker maker;
  final Orderings orderings;
  final Unfencing unfencing;

  /** Fencing of nodes, in the order in which they were planned. */
  final List<PlannedAction> fencing = new ArrayList<>();

  /** Remote nodes that turned out to be lost when it was seen what has to be done there. */
  final List<PolicyNode> lost = new ArrayList<>();

  /** Stops and demotes that fencing does, with it. */
  final List<Implied> implied = new ArrayList<>();

  record Implied(PlannedAction fencing, PlannedAction action) {}

  final List<PlannedAction> shutdowns = new ArrayList<>();

  Planning(Facts facts) {
    this.facts = facts;
    this.situation = facts.situation();
    this.operations = new Operations(facts);
    this.maker = new ActionMaker(this);
    this.orderings = new Orderings(this);
    this.unfencing = new Unfencing(this);
  }

  /** The action of a task, found or made. */
  PlannedAction action(
      PrimitiveResource resource, String task, @Nullable PolicyNode node, boolean optional) {
    return maker.action(resource, task, resource.key(task, 0), 0, node, optional);
  }

  /** The one-time actions of a task that belong to this very resource. */
  static List<PlannedAction> actionsOf(PolicyResource resource, String task) {
    List<PlannedAction> found = new ArrayList<>(2);
    for (PlannedAction action : resource.actions) {
      if (action.intervalMs == 0 && action.task.equals(task)) {
        found.add(action);
      }
    }
    return found;
  }

  /**
   * The first one-time action of a task, on that node unless it is null; null when there is none.
   */
  static @Nullable PlannedAction first(
      PolicyResource resource, String task, @Nullable PolicyNode node) {
    for (PlannedAction action : resource.actions) {
      if (action.intervalMs == 0
          && action.task.equals(task)
          && (node == null || action.node == node)) {
        return action;
      }
    }
    return null;
  }

  /** Whether the node can be fenced, should that be necessary. */
  boolean canFence(PolicyNode node) {
    if (node.isGuest()) {
      PrimitiveResource container = node.container();
      return container != null
          && container.runningOn.stream().allMatch(host -> host.online || canFence(host));
    }
    if (!situation.options.fencingEnabled || !situation.hasFencingDevice) {
      return false;
    }
    return situation.options.quorate() || node.online;
  }

  /** The task of members that a collective's pseudo task stands for. */
  static String memberTask(String task) {
    return switch (task) {
      case Tasks.RUNNING -> Tasks.START;
      case Tasks.STOPPED -> Tasks.STOP;
      case Tasks.PROMOTED -> Tasks.PROMOTE;
      case Tasks.DEMOTED -> Tasks.DEMOTE;
      default -> task;
    };
  }
}
