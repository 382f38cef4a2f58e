package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Tasks;

/**
 * What must be done to a primitive so that it is where it was assigned, in the role that was
 * decided. Its way leads from role to role: down as far as necessary, then up again.
 */
final class PrimitiveActions {
  private final Planning planning;
  private final Migrations migrations;
  private final RecurringActions recurring;

  PrimitiveActions(Planning planning, Migrations migrations, RecurringActions recurring) {
    this.planning = planning;
    this.recurring = recurring;
    this.migrations = migrations;
  }

  void create(PrimitiveResource resource) {
    settleNextRole(resource);
    leftOvers(resource);
    PolicyNode current = activeOn(resource);
    boolean several = activeOnSeveral(resource);
    Need need = need(resource, current, several);
    boolean mayMigrate = migrations.possible(resource, current, need.stop, several);
    down(resource, current, need);
    toNextRole(resource, need);
    if (resource.startPending && current != null && current == resource.assigned) {
      PlannedAction start = planning.action(resource, Tasks.START, current, true);
      start.always = true;
    }
    recurring.create(resource);
    if (mayMigrate && current != null) {
      migrations.create(resource, current);
    }
  }

  private static void settleNextRole(PrimitiveResource resource) {
    if (resource.nextRole == Role.UNKNOWN) {
      resource.nextRole =
          resource.assigned == null
              ? Role.STOPPED
              : resource.promotable() ? Role.UNPROMOTED : Role.STARTED;
    }
  }

  /** What a migration left behind is stopped first of all. */
  private void leftOvers(PrimitiveResource resource) {
    for (PolicyNode node : resource.danglingMigrations) {
      PlannedAction stop = planning.action(resource, Tasks.STOP, node, false);
      stop.because("dangling migration");
    }
  }

  /** The node where it counts as active: of several the one that it may stay on. */
  private static @Nullable PolicyNode activeOn(PrimitiveResource resource) {
    if (resource.role == Role.STOPPED && resource.runningOn.isEmpty()) {
      return null;
    }
    PolicyNode source = resource.partialMigrationSource;
    if (source != null && resource.runningOn.contains(source)) {
      return source;
    }
    for (PolicyNode node : resource.runningOn) {
      if (node.online && !node.unclean) {
        return node;
      }
    }
    return resource.currentNode();
  }

  private static boolean activeOnSeveral(PrimitiveResource resource) {
    if (counting(resource) < 2) {
      return false;
    }
    boolean migrating =
        resource.partialMigrationTarget != null
            && resource.runningOn.size() == 2
            && resource.assigned == resource.partialMigrationTarget
            && resource.runningOn.contains(resource.partialMigrationSource);
    return !migrating;
  }

  /** Where fencing is not required, nodes that nobody can speak for do not count. */
  private static int counting(PrimitiveResource resource) {
    boolean all =
        resource.requires == PrimitiveResource.Requires.FENCING
            || resource.requires == PrimitiveResource.Requires.UNFENCING;
    int count = 0;
    for (PolicyNode node : resource.runningOn) {
      if (all || (node.online && !node.unclean)) {
        count++;
      }
    }
    return count;
  }

  /** Whether a stop, and then a promotion, is called for; why, for people. */
  private record Need(boolean stop, boolean promote, boolean several, @Nullable String reason) {}

  private Need need(PrimitiveResource resource, @Nullable PolicyNode current, boolean several) {
    if (several && resource.multipleActive != PrimitiveResource.MultipleActive.BLOCK) {
      return new Need(true, false, true, null);
    }
    PolicyNode assigned = resource.assigned;
    if (current != null
        && assigned != null
        && current != assigned
        && resource.nextRole.above(Role.STOPPED)) {
      return new Need(true, false, several, null);
    }
    boolean promoted = resource.nextRole == Role.PROMOTED;
    if (current != null && resource.mustDemoteOn.contains(current)) {
      return new Need(false, promoted, several, null);
    }
    boolean must = resource.failed || resource.mustStopOn.contains(current);
    if (must && current != null) {
      return new Need(true, promoted, several, null);
    }
    if (resource.role.above(Role.STARTED) && current != null && assigned != null) {
      PlannedAction start = start(resource, assigned, true);
      if (!start.optional) {
        return new Need(true, false, several, start.reason);
      }
    }
    return new Need(false, false, several, null);
  }

  /** Down to stopped and back to the present role: required when a stop is, else only offered. */
  private void down(PrimitiveResource resource, @Nullable PolicyNode current, Need need) {
    if (current == null && resource.runningOn.isEmpty()) {
      return;
    }
    Role role = resource.role;
    List<Role> way = new ArrayList<>();
    while (role != Role.STOPPED && role != Role.UNKNOWN) {
      Role next = role == Role.PROMOTED ? Role.UNPROMOTED : Role.STOPPED;
      way.add(role);
      boolean again = role == Role.PROMOTED && need.promote;
      step(resource, role, next, !need.stop && !again, need);
      role = next;
    }
    if (resource.blocked || resource.assigned == null) {
      return;
    }
    for (int i = way.size() - 1; i >= 0; i--) {
      Role next = way.get(i);
      if (next == Role.PROMOTED && resource.nextRole != Role.PROMOTED) {
        break;
      }
      boolean required = next == Role.PROMOTED ? need.promote : need.stop;
      step(resource, role, next, !required, need);
      role = next;
    }
  }

  private void toNextRole(PrimitiveResource resource, Need need) {
    Role role = resource.role == Role.UNKNOWN ? Role.STOPPED : resource.role;
    if (role == Role.STARTED && resource.nextRole.atLeast(Role.UNPROMOTED)) {
      role = Role.UNPROMOTED;
    }
    while (role != resource.nextRole) {
      Role next = towards(role, resource.nextRole);
      if (next == role) {
        return;
      }
      step(resource, role, next, false, need);
      role = next;
    }
  }

  private static Role towards(Role from, Role to) {
    return switch (from) {
      case UNKNOWN, STOPPED -> to == Role.PROMOTED ? Role.UNPROMOTED : to;
      case STARTED -> to;
      case UNPROMOTED -> to == Role.STARTED ? Role.UNPROMOTED : to;
      case PROMOTED -> to == Role.PROMOTED ? Role.PROMOTED : Role.UNPROMOTED;
    };
  }

  private void step(PrimitiveResource resource, Role from, Role to, boolean optional, Need need) {
    if (to == Role.STOPPED) {
      stop(resource, optional, need);
    } else if (from == Role.PROMOTED) {
      demote(resource, optional, need);
    } else if (to == Role.PROMOTED) {
      promote(resource, optional, need);
    } else if (from == Role.STOPPED || from == Role.UNKNOWN) {
      if (resource.assigned != null) {
        PlannedAction start = start(resource, resource.assigned, optional);
        pseudoWhereExpected(start, resource, need);
      }
    }
  }

  private void stop(PrimitiveResource resource, boolean optional, Need need) {
    for (PolicyNode node : List.copyOf(resource.runningOn)) {
      if (isExpected(resource, node, need) || isMigrationTarget(resource, node)) {
        continue;
      }
      PlannedAction stop = planning.action(resource, Tasks.STOP, node, optional);
      planning.unfencing.afterStop(resource, node, stop);
      if (!stop.optional) {
        stop.because(resource.assigned == null ? "node availability" : need.reason);
      }
    }
  }

  /** With multiple-active=stop_unexpected the instance on the assigned node stays. */
  private static boolean isExpected(PrimitiveResource resource, PolicyNode node, Need need) {
    return need.several
        && resource.multipleActive == PrimitiveResource.MultipleActive.STOP_UNEXPECTED
        && node == resource.assigned
        && resource.nextRole.above(Role.STOPPED);
  }

  private static boolean isMigrationTarget(PrimitiveResource resource, PolicyNode node) {
    return resource.partialMigrationTarget == node && resource.assigned == node;
  }

  PlannedAction start(PrimitiveResource resource, PolicyNode node, boolean optional) {
    PlannedAction start = planning.action(resource, Tasks.START, node, true);
    planning.unfencing.before(resource, node, start, !start.optional || !optional);
    if (start.runnable && !optional && resource.managed) {
      start.require();
    }
    return start;
  }

  private static void pseudoWhereExpected(
      PlannedAction action, PrimitiveResource resource, Need need) {
    if (need.several
        && resource.multipleActive == PrimitiveResource.MultipleActive.STOP_UNEXPECTED
        && resource.runningOn.contains(action.node)) {
      action.pseudo = true;
    }
  }

  private void promote(PrimitiveResource resource, boolean optional, Need need) {
    PolicyNode node = resource.assigned;
    if (node == null) {
      return;
    }
    boolean startable = true;
    for (PlannedAction start : Planning.actionsOf(resource, Tasks.START)) {
      startable &= start.runnable;
    }
    if (startable) {
      PlannedAction promote = planning.action(resource, Tasks.PROMOTE, node, optional);
      pseudoWhereExpected(promote, resource, need);
    } else {
      Planning.actionsOf(resource, Tasks.PROMOTE).forEach(PlannedAction::block);
    }
  }

  private void demote(PrimitiveResource resource, boolean optional, Need need) {
    for (PolicyNode node : List.copyOf(resource.runningOn)) {
      if (!isExpected(resource, node, need)) {
        planning.action(resource, Tasks.DEMOTE, node, optional);
      }
    }
  }

  /** What holds within a primitive. */
  void order(PrimitiveResource resource) {
    Orderings orderings = planning.orderings;
    if (!resource.managed) {
      return;
    }
    orderings.order(
        resource, Tasks.STOP, resource, Tasks.START, Flags.FIRST_IMPLIES_THEN | Flags.RESTART);
    if (resource.promotable() || resource.role == Role.PROMOTED) {
      orderings.order(
          resource, Tasks.DEMOTE, resource, Tasks.STOP, Flags.PROMOTED_THEN_IMPLIES_FIRST);
      orderings.order(
          resource, Tasks.START, resource, Tasks.PROMOTE, Flags.UNRUNNABLE_FIRST_BLOCKS);
      orderings.order(resource, Tasks.DEMOTE, resource, Tasks.PROMOTE, Flags.FIRST_IMPLIES_THEN);
    }
    orderings.order(resource, Tasks.STOP, resource, Tasks.DELETE, Flags.ORDERED);
    orderings.order(resource, Tasks.DELETE, resource, Tasks.START, Flags.ORDERED);
    Containers.order(planning, resource);
    Capacities.order(planning, resource);
  }
}
