package org.ringward.core.policy.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.NodeState;
import org.ringward.core.cib.TargetSeen;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Tasks;

/**
 * What live migrations left behind. A complete one is a migrate_to on the source, a migrate_from on
 * the target and a stop on the source; it can end after each of them, and histories can be cleaned
 * in between.
 */
final class Migrations {
  private final StatusFacts status;

  Migrations(StatusFacts status) {
    this.status = status;
  }

  /**
   * A migrate_to went well.
   *
   * @return the role that follows for the source, UNKNOWN when nothing follows
   */
  Role succeeded(PrimitiveResource resource, PolicyNode source, HistoryEntry migrateTo) {
    PolicyNode target = node(migrateTo, "migrate_target");
    if (target == null) {
      return Role.UNKNOWN;
    }
    List<HistoryEntry> atSource = status.entries(resource, source);
    List<HistoryEntry> atTarget = status.entries(resource, target);
    boolean changedSource = changedAfter(atSource, migrateTo, true);
    HistoryEntry migrateFrom = counterpart(atTarget, Tasks.MIGRATE_FROM, source, target);
    if (migrateFrom != null && changedSource) {
      return Role.UNKNOWN;
    }
    boolean newerAtTarget = newer(atTarget, target, migrateTo, migrateFrom);
    boolean newerAtSource = newer(atSource, source, migrateTo, migrateFrom);
    if (newerAtTarget && newerAtSource) {
      return Role.UNKNOWN;
    }
    boolean pendingThere = migrateFrom != null && migrateFrom.status() == HistoryEntry.PENDING;
    if (migrateFrom != null && !pendingThere && migrateFrom.exitCode() == HistoryEntry.OK) {
      // Only the stop is missing, so the instance at the source is a leftover.
      resource.danglingMigrations.add(source);
      return Role.STOPPED;
    }
    boolean activeAtTarget = !newerAtTarget && target.online;
    if (migrateFrom != null && !pendingThere) {
      if (activeAtTarget) {
        status.consequences().addRunning(resource, target, true);
      } else {
        resource.failAndStop();
        resource.allowMigrate = false;
      }
      return Role.STARTED;
    }
    if (target.online && atTarget.isEmpty()) {
      // Cleaned up; a probe will tell.
      return Role.STARTED;
    }
    if (activeAtTarget) {
      status.consequences().addRunning(resource, target, false);
      if (source.online) {
        resource.partialMigrationSource = source;
        resource.partialMigrationTarget = target;
      }
    } else if (!newerAtSource) {
      resource.failAndStop();
      resource.allowMigrate = false;
    }
    return Role.STARTED;
  }

  void migrateToFailed(PrimitiveResource resource, PolicyNode source, HistoryEntry migrateTo) {
    PolicyNode target = node(migrateTo, "migrate_target");
    if (target == null) {
      return;
    }
    List<HistoryEntry> atTarget = status.entries(resource, target);
    HistoryEntry migrateFrom = counterpart(atTarget, Tasks.MIGRATE_FROM, source, target);
    if (!atTarget.isEmpty() && !newer(atTarget, target, migrateTo, migrateFrom)) {
      if (target.online) {
        status.consequences().addRunning(resource, target, false);
      }
    } else if (!changedAfter(status.entries(resource, source), migrateTo, true)) {
      resource.danglingMigrations.add(source);
    }
  }

  void migrateFromFailed(PrimitiveResource resource, PolicyNode target, HistoryEntry migrateFrom) {
    PolicyNode source = node(migrateFrom, "migrate_source");
    if (source == null) {
      return;
    }
    List<HistoryEntry> atSource = status.entries(resource, source);
    HistoryEntry migrateTo = counterpart(atSource, Tasks.MIGRATE_TO, source, target);
    if (!atSource.isEmpty() && !newer(atSource, source, migrateFrom, migrateTo) && source.online) {
      status.consequences().addRunning(resource, source, true);
    }
  }

  /**
   * Whether the target of a migrate_to, however it ended, is out of sight and not proven down: it
   * may have the resource by now.
   */
  boolean targetIsLost(HistoryEntry migrateTo) {
    PolicyNode target = node(migrateTo, "migrate_target");
    return target != null && !target.online && target.unclean;
  }

  /**
   * Whether the source of a migrate_from that is under way remembers nothing of it, as after its
   * fencing: then only the target says that the resource may be there soon.
   */
  boolean sourceIsForgotten(PrimitiveResource resource, HistoryEntry migrateFrom) {
    PolicyNode source = node(migrateFrom, "migrate_source");
    return source != null && status.entries(resource, source).isEmpty();
  }

  private @Nullable PolicyNode node(HistoryEntry entry, String attribute) {
    String name = entry.attributes().get(attribute);
    return name == null ? null : status.situation().nodeByName(name);
  }

  private @Nullable NodeState state(@Nullable PolicyNode node) {
    return node == null ? null : status.situation().cib.status().node(node.name);
  }

  /** The other half of a migration, null when it is not remembered. */
  private static @Nullable HistoryEntry counterpart(
      List<HistoryEntry> entries, String task, PolicyNode source, PolicyNode target) {
    for (HistoryEntry entry : entries) {
      if (entry.task().equals(task)
          && source.name.equalsIgnoreCase(entry.attributes().get("migrate_source", source.name))
          && target.name.equalsIgnoreCase(entry.attributes().get("migrate_target", target.name))) {
        return entry;
      }
    }
    return null;
  }

  /** Whether a node knows of anything that happened to the resource after the migration. */
  private boolean newer(
      List<HistoryEntry> entries,
      PolicyNode node,
      HistoryEntry migration,
      @Nullable HistoryEntry otherHalf) {
    // Entries of one node are compared best with each other.
    boolean here = node.name.equals(migration.onNode());
    HistoryEntry reference = !here && otherHalf != null ? otherHalf : migration;
    boolean same = here || otherHalf != null;
    return changedAfter(entries, reference, same) || stoppedAfter(entries, reference, same);
  }

  private boolean changedAfter(
      List<HistoryEntry> entries, HistoryEntry reference, boolean sameNode) {
    for (HistoryEntry entry : entries) {
      boolean changes =
          switch (entry.task()) {
            case Tasks.START, Tasks.STOP, Tasks.MIGRATE_TO, Tasks.MIGRATE_FROM -> true;
            default -> false;
          };
      if (changes && after(entry, reference, sameNode)) {
        return true;
      }
    }
    return false;
  }

  private boolean stoppedAfter(
      List<HistoryEntry> entries, HistoryEntry reference, boolean sameNode) {
    for (HistoryEntry entry : entries) {
      if (entry.task().equals(Tasks.MONITOR)
          && entry.exitCode() == HistoryEntry.NOT_RUNNING
          && after(entry, reference, sameNode)) {
        return true;
      }
    }
    return false;
  }

  private boolean after(HistoryEntry entry, HistoryEntry reference, boolean sameNode) {
    if (entry.attributes().equals(reference.attributes())) {
      return false;
    }
    TargetSeen seen = sameNode ? null : TargetSeen.read(reference.attributes());
    NodeState target = seen == null ? null : state(node(reference, "migrate_target"));
    if (seen != null && target != null && entry.callId() >= 0) {
      return seen.isBefore(target, entry.callId());
    }
    return HistoryEntry.compare(entry, reference, sameNode) > 0;
  }
}
