package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Tasks;

/**
 * Live migration: instead of being stopped here and started there, a resource moves. Whether that
 * is possible shows only when all orderings are known.
 */
final class Migrations {
  private final Planning planning;
  private final List<Migration> wanted = new ArrayList<>();

  /** To is null when an earlier transition has done that part already. */
  private record Migration(
      PrimitiveResource resource,
      PlannedAction start,
      PlannedAction stop,
      @Nullable PlannedAction to,
      PlannedAction from) {}

  Migrations(Planning planning) {
    this.planning = planning;
  }

  boolean possible(
      PrimitiveResource resource, @Nullable PolicyNode current, boolean moves, boolean several) {
    PolicyNode assigned = resource.assigned;
    return resource.allowMigrate
        && resource.managed
        && moves
        && !several
        && !resource.failed
        && !resource.startPending
        // A second one would find nothing to move, and fail for the success of the first.
        && !Tasks.MIGRATE_TO.equals(resource.pendingTask)
        && resource.danglingMigrations.isEmpty()
        && current != null
        && current != assigned
        && !current.unclean
        && current.online
        && assigned != null
        && resource.nextRole.above(Role.STOPPED)
        && resource.runningOn.size() <= (resource.partialMigrationTarget == null ? 1 : 2);
  }

  void create(PrimitiveResource resource, PolicyNode current) {
    PolicyNode target = resource.assigned;
    PlannedAction start = target == null ? null : Planning.first(resource, Tasks.START, target);
    PlannedAction stop = Planning.first(resource, Tasks.STOP, current);
    if (start == null || stop == null || target == null || !start.runnable || !stop.runnable) {
      return;
    }
    boolean half = resource.partialMigrationTarget == target;
    PlannedAction to = half ? null : planning.action(resource, Tasks.MIGRATE_TO, current, true);
    PlannedAction from = planning.action(resource, Tasks.MIGRATE_FROM, target, true);
    start.migratable = true;
    stop.migratable = true;
    name(from, current, target);
    if (to != null) {
      name(to, current, target);
      planning.orderings.order(to, from, Flags.ORDERED);
    }
    planning.orderings.order(from, stop, Flags.ORDERED);
    planning.orderings.order(from, start, Flags.ORDERED);
    wanted.add(new Migration(resource, start, stop, to, from));
  }

  private static void name(PlannedAction action, PolicyNode source, PolicyNode target) {
    action.meta.put("migrate_source", source.name);
    action.meta.put("migrate_target", target.name);
  }

  /** What is still fit for it migrates; the rest is stopped and started. */
  void settle() {
    Map<PlannedAction, Migration> moving = new LinkedHashMap<>();
    for (Migration each : wanted) {
      if (fit(each)) {
        each.start.pseudo = true;
        each.from.require();
        moving.put(each.start, each);
        moving.put(each.stop, each);
        if (each.to != null) {
          each.to.require();
        }
      } else {
        giveUp(each);
      }
    }
    for (Migration each : wanted) {
      if (moving.containsKey(each.start)) {
        afterStarts(each, moving);
        afterStops(each, moving);
        freeStops(each);
      }
    }
  }

  private static boolean fit(Migration each) {
    return each.start.migratable
        && each.stop.migratable
        && !each.start.optional
        && each.start.runnable
        && each.stop.runnable;
  }

  /** Its migration waits for what its start would wait for, in the form that moves too. */
  private static void afterStarts(Migration each, Map<PlannedAction, Migration> moving) {
    PlannedAction to = each.to;
    if (to == null) {
      return;
    }
    for (PlannedAction.Edge edge : each.start.before) {
      PlannedAction first = edge.first;
      boolean up =
          Planning.memberTask(first.task).equals(Tasks.START)
              || Planning.memberTask(first.task).equals(Tasks.PROMOTE)
              || first.isProbe();
      boolean safe = first.is(Tasks.FENCE) && Fencing.needsProof(each.resource);
      if (safe || (up && counts(each, edge))) {
        Migration other = moving.get(first);
        to.after(
            other == null ? first : other.from, Flags.ORDERED | (edge.flags & Flags.AFTER_PROBES));
      }
    }
  }

  /** Its own probes, and what constraints put before it. */
  private static boolean counts(Migration each, PlannedAction.Edge edge) {
    return edge.first.resource == each.resource
        ? edge.first.isProbe()
        : Flags.has(edge.flags, Flags.AFTER_PROBES) || Flags.binds(edge.flags);
  }

  /** What must be stopped before it stops is stopped before it goes. */
  private static void afterStops(Migration each, Map<PlannedAction, Migration> moving) {
    PlannedAction to = each.to;
    if (to == null) {
      return;
    }
    for (PlannedAction.Edge edge : each.stop.before) {
      PlannedAction first = edge.first;
      String task = Planning.memberTask(first.task);
      boolean down = task.equals(Tasks.STOP) || task.equals(Tasks.DEMOTE);
      if (first.resource == each.resource || !down || !Flags.binds(edge.flags)) {
        continue;
      }
      if (!moving.containsKey(first)) {
        to.after(first, Flags.ORDERED | (edge.flags & Flags.AFTER_PROBES));
      }
      if (first.is(Tasks.STOP) && first.resource instanceof PrimitiveResource stopped) {
        for (PlannedAction probe : Probes.probes(stopped)) {
          to.after(probe, Flags.ORDERED);
        }
      }
    }
  }

  /** What would merely come after its stop need not wait while it moves. */
  private static void freeStops(Migration each) {
    for (PlannedAction.Edge edge : List.copyOf(each.stop.after)) {
      PlannedAction then = edge.then;
      boolean other = then.resource != null && then.resource != each.resource;
      if (other && !Flags.binds(edge.flags)) {
        then.before.remove(edge);
        each.stop.after.remove(edge);
      }
    }
  }

  private static void giveUp(Migration each) {
    for (PlannedAction.Edge edge : each.stop.after) {
      PlannedAction then = edge.then;
      PolicyResource other = then.resource;
      if (Flags.has(edge.flags, Flags.THEN_IMPLIES_FIRST)
          && !then.optional
          && other != null
          && other != each.resource.container) {
        each.start.because("unmigrateable " + other.id + " " + Tasks.STOP);
      }
    }
    drop(each.from);
    if (each.to != null) {
      drop(each.to);
    }
  }

  private static void drop(PlannedAction action) {
    action.optional = true;
    action.block();
  }
}
