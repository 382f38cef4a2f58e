package org.ringward.core.policy.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/** Reads from the planned actions what happens to each resource. */
public final class Changes {
  private final List<Change> changes = new ArrayList<>();

  private Changes() {}

  /** All changes, in the order of the resources. */
  public static List<Change> of(Situation situation) {
    Changes found = new Changes();
    situation.resources.forEach(found::addAll);
    return found.changes;
  }

  private void addAll(PolicyResource resource) {
    switch (resource) {
      case PrimitiveResource primitive -> add(primitive);
      case BundleResource bundle -> bundle.replicas.forEach(this::addAll);
      default -> resource.members().forEach(this::addAll);
    }
  }

  private void addAll(BundleResource.Replica replica) {
    if (replica.address() != null) {
      add(replica.address());
    }
    add(replica.container());
    if (replica.connection() != null) {
      add(replica.connection());
    }
    if (replica.child() != null) {
      addAll(replica.child());
    }
  }

  private void add(PrimitiveResource resource) {
    if (!resource.managed) {
      return;
    }
    PolicyNode next = resource.nextRole == Role.STOPPED ? null : resource.assigned;
    PolicyNode current =
        resource.partialMigrationSource != null
            ? resource.partialMigrationSource
            : speaking(resource);
    if (current == null && next == null) {
      return;
    }
    PlannedAction start = next == null ? null : find(resource, Tasks.START, next);
    PlannedAction stop = current == null ? null : find(resource, Tasks.STOP, current);
    boolean stopping = stop != null && !stop.optional;
    boolean startable = start == null || start.runnable;
    if (current != null && (next == null || (stopping && !startable))) {
      stops(resource, start);
    } else if (next != null && current == null) {
      comes(resource, next, start);
    } else if (next != null && current != next) {
      moves(resource, current, next, start);
    } else if (next != null) {
      stays(resource, next, start, stop);
    }
  }

  /** Of several nodes the first that can be spoken to. */
  private static @Nullable PolicyNode speaking(PrimitiveResource resource) {
    for (PolicyNode node : resource.runningOn) {
      if (node.online && !node.unclean) {
        return node;
      }
    }
    return resource.currentNode();
  }

  private void comes(PrimitiveResource resource, PolicyNode next, @Nullable PlannedAction start) {
    PlannedAction promote = find(resource, Tasks.PROMOTE, next);
    if (resource.nextRole == Role.PROMOTED && promote != null) {
      note(resource, "Promote", null, next, promote.runnable ? start : promote);
    } else if (start != null && (!start.optional || !start.runnable)) {
      note(resource, "Start", null, next, start);
    }
  }

  private void moves(
      PrimitiveResource resource,
      @Nullable PolicyNode current,
      PolicyNode next,
      @Nullable PlannedAction start) {
    PlannedAction from = find(resource, Tasks.MIGRATE_FROM, next);
    if (from != null && !from.optional && from.runnable) {
      note(resource, "Migrate", current, next, start);
    } else if (resource.failed) {
      note(resource, "Recover", current, next, start);
    } else {
      note(resource, "Move", current, next, start);
    }
  }

  private void stays(
      PrimitiveResource resource,
      PolicyNode node,
      @Nullable PlannedAction start,
      @Nullable PlannedAction stop) {
    PlannedAction reload = find(resource, Tasks.RELOAD, node);
    PlannedAction promote = find(resource, Tasks.PROMOTE, node);
    PlannedAction demote = find(resource, Tasks.DEMOTE, node);
    boolean stopping = stop != null && !stop.optional;
    if (unexpectedElsewhere(resource, node)) {
      changes.add(
          new Change(
              resource,
              resource.failed ? "Recover" : "Restart",
              node,
              node,
              resource.failed ? "being multiply active" : "",
              false));
    } else if (reload != null && !reload.optional) {
      note(resource, "Reload", node, node, reload);
    } else if (stopping && start != null) {
      note(
          resource,
          resource.failed ? "Recover" : "Restart",
          node,
          node,
          start.reason == null && start.runnable ? stop : start);
    } else if (resource.role == Role.PROMOTED && resource.nextRole == Role.UNPROMOTED) {
      note(resource, "Demote", node, node, demote);
    } else if (resource.role != Role.PROMOTED && resource.nextRole == Role.PROMOTED) {
      note(resource, "Promote", node, node, promote);
    } else if (demote != null && !demote.optional && promote != null && !promote.optional) {
      note(resource, "Re-promote", node, node, demote);
    } else if (resource.role.compareTo(Role.STARTED) < 0 && start != null && !start.optional) {
      note(resource, "Start", null, node, start);
    }
  }

  /** It stays, and is stopped where it should not be (multiple-active=stop_unexpected). */
  private static boolean unexpectedElsewhere(PrimitiveResource resource, PolicyNode node) {
    if (resource.multipleActive != PrimitiveResource.MultipleActive.STOP_UNEXPECTED) {
      return false;
    }
    for (PlannedAction action : resource.actions) {
      if (action.is(Tasks.STOP) && !action.optional && action.node != node) {
        return true;
      }
    }
    return false;
  }

  private void stops(PrimitiveResource resource, @Nullable PlannedAction start) {
    for (PolicyNode node : resource.runningOn) {
      PlannedAction stop = find(resource, Tasks.STOP, node);
      if (stop != null && !stop.optional) {
        boolean hopeless = start != null && !start.runnable && start.reason != null;
        boolean byStart = hopeless && (stop.runnable || stop.reason == null);
        String reason = byStart && start != null ? start.reason : stop.reason;
        changes.add(new Change(resource, "Stop", node, null, text(reason), !stop.runnable));
      }
    }
  }

  private void note(
      PrimitiveResource resource,
      String action,
      @Nullable PolicyNode from,
      @Nullable PolicyNode to,
      @Nullable PlannedAction deciding) {
    changes.add(
        new Change(
            resource,
            action,
            from,
            to,
            deciding == null ? "" : text(deciding.reason),
            deciding != null && !deciding.runnable));
  }

  private static String text(@Nullable String reason) {
    return reason == null ? "" : reason;
  }

  private static @Nullable PlannedAction find(
      PrimitiveResource resource, String task, PolicyNode node) {
    for (PlannedAction action : resource.actions) {
      if (action.intervalMs == 0 && action.node == node && action.task.equals(task)) {
        return action;
      }
    }
    return null;
  }
}
