package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.CollectiveResource;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Tasks;
import org.ringward.core.policy.model.Values;

/** What the pseudo-actions of collective resources mean in terms of their members' actions. */
final class Collectives {
  private Collectives() {}

  /** Whether the action stands for what members do. */
  static boolean stands(PlannedAction action) {
    return action.resource instanceof CollectiveResource && action.pseudo && isBasic(action.task);
  }

  private static boolean isBasic(String task) {
    return switch (Planning.memberTask(task)) {
      case Tasks.START, Tasks.STOP, Tasks.PROMOTE, Tasks.DEMOTE -> true;
      default -> false;
    };
  }

  /** Actions of the direct members that a pseudo-action stands for. */
  static List<PlannedAction> direct(PlannedAction action) {
    List<PlannedAction> found = new ArrayList<>();
    if (action.resource instanceof CollectiveResource collective) {
      for (PolicyResource member : members(collective, action.task)) {
        found.addAll(of(member, action.task));
      }
    }
    return found;
  }

  /** The members whose actions count: in a bundle the containers, for promotion what is inside. */
  static List<? extends PolicyResource> members(CollectiveResource collective, String task) {
    if (collective instanceof BundleResource bundle) {
      String plain = Planning.memberTask(task);
      if (plain.equals(Tasks.PROMOTE) || plain.equals(Tasks.DEMOTE)) {
        return bundle.child == null ? List.of() : bundle.child.instances;
      }
      List<PolicyResource> containers = new ArrayList<>();
      for (BundleResource.Replica replica : bundle.replicas) {
        containers.add(replica.container());
        if (replica.child() != null) {
          containers.add(replica.child());
        }
      }
      return containers;
    }
    return collective.members();
  }

  /** The action of a resource for a task: its own when it is a primitive, else the pseudo one. */
  static List<PlannedAction> of(PolicyResource resource, String task) {
    return Planning.actionsOf(
        resource, resource instanceof PrimitiveResource ? Planning.memberTask(task) : task);
  }

  /** All real actions behind a pseudo-action, at any depth. */
  static List<PlannedAction> leaves(PlannedAction action) {
    List<PlannedAction> found = new ArrayList<>();
    if (action.resource instanceof CollectiveResource collective) {
      String task = Planning.memberTask(action.task);
      for (PolicyResource member : members(collective, task)) {
        for (PrimitiveResource primitive : member.primitives()) {
          found.addAll(Planning.actionsOf(primitive, task));
        }
      }
    }
    return found;
  }

  /** Whether one of the members must do what the pseudo-action stands for. */
  static boolean demanded(PlannedAction action) {
    for (PlannedAction each : direct(action)) {
      if (!each.optional) {
        return true;
      }
    }
    return false;
  }

  /** Whether enough of the members can do it: all of a group, any of a clone. */
  static boolean possible(PlannedAction action) {
    String task = Planning.memberTask(action.task);
    boolean up = task.equals(Tasks.START) || task.equals(Tasks.PROMOTE);
    if (action.resource instanceof GroupResource group) {
      return !action.task.equals(Tasks.RUNNING) || allWillRun(group);
    }
    return anyCan(action) || (!up && direct(action).isEmpty());
  }

  private static boolean anyCan(PlannedAction action) {
    for (PlannedAction each : direct(action)) {
      if (each.runnable) {
        return true;
      }
    }
    return false;
  }

  private static boolean allWillRun(GroupResource group) {
    for (PrimitiveResource member : group.members) {
      if (member.assigned == null || member.nextRole.compareTo(Role.STARTED) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the dependent of the two asks for instance by instance instead of all by all. */
  static boolean interleaves(PlannedAction first, PlannedAction then) {
    if (first.resource == then.resource
        || !isInstanced(first.resource)
        || !isInstanced(then.resource)
        || !isBasic(first.task)
        || !isBasic(then.task)) {
      return false;
    }
    PolicyResource dependent = goesDown(first) ? first.resource : then.resource;
    return switch (dependent) {
      case CloneResource clone -> clone.interleave;
      case BundleResource bundle -> Values.truth(bundle.meta("interleave"), false);
      case null, default -> false;
    };
  }

  static boolean goesDown(PlannedAction action) {
    String task = Planning.memberTask(action.task);
    return task.equals(Tasks.STOP) || task.equals(Tasks.DEMOTE);
  }

  private static boolean isInstanced(@Nullable PolicyResource resource) {
    return resource instanceof CloneResource || resource instanceof BundleResource;
  }

  /** What counts as an instance when collectives are ordered one by one. */
  static List<? extends PolicyResource> instances(CollectiveResource collective) {
    if (collective instanceof BundleResource bundle) {
      List<PolicyResource> containers = new ArrayList<>(bundle.replicas.size());
      bundle.replicas.forEach(replica -> containers.add(replica.container()));
      return containers;
    }
    return collective.members();
  }

  /**
   * What acts for an instance: of a container, others need the service in it, unless it is to stop,
   * and the container itself needs others, unless it is about a role.
   */
  static PolicyResource acting(PolicyResource instance, String task, boolean first) {
    BundleResource bundle = instance.bundleAround();
    if (bundle == null) {
      return instance;
    }
    String plain = Planning.memberTask(task);
    boolean role = plain.equals(Tasks.PROMOTE) || plain.equals(Tasks.DEMOTE);
    boolean inside = first ? !plain.equals(Tasks.STOP) : role;
    for (BundleResource.Replica replica : bundle.replicas) {
      if (inside && replica.container() == instance && replica.child() != null) {
        return replica.child();
      }
    }
    return instance;
  }

  /** Where an instance is, or is going to be. */
  static @Nullable PolicyNode place(PolicyResource instance, boolean now) {
    if (now) {
      return instance.currentNode() != null ? instance.currentNode() : firstNode(instance, true);
    }
    return firstNode(instance, false);
  }

  private static @Nullable PolicyNode firstNode(PolicyResource instance, boolean now) {
    for (PrimitiveResource primitive : instance.primitives()) {
      PolicyNode node = now ? primitive.currentNode() : primitive.assigned;
      if (node != null) {
        return node;
      }
    }
    return null;
  }
}
