package org.ringward.core.policy.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.NodeHistory;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Tasks;

/** Asks what a node remembers of a resource, and whether it was done with today's parameters. */
final class History {
  private final Planning planning;

  History(Planning planning) {
    this.planning = planning;
  }

  /**
   * The record of a recurring action that is still going, null when there is none: it was begun
   * after the last change of role, has not failed and has today's parameters.
   */
  @Nullable HistoryEntry recurring(
      PrimitiveResource resource, PolicyNode node, OperationSettings settings) {
    NodeHistory history = resource.histories.get(node);
    if (history == null) {
      return null;
    }
    boolean startKnown = history.entries().stream().anyMatch(History::starts);
    HistoryEntry found = null;
    for (HistoryEntry entry : history.entries()) {
      if (entry.isLastFailure()) {
        continue;
      }
      boolean turn = entry.intervalMs() == 0 && turns(entry, startKnown);
      if (turn && entry.status() != HistoryEntry.PENDING) {
        found = null;
      } else if (entry.intervalMs() == settings.intervalMs()
          && entry.task().equals(settings.name())
          && entry.status() != HistoryEntry.CANCELLED) {
        found = entry;
      }
    }
    return found == null
            || found.status() == HistoryEntry.PENDING
            || over(resource, found)
            || differs(resource, node, found)
        ? null
        : found;
  }

  /** The recurring actions that were begun since the last change of role. */
  List<HistoryEntry> going(NodeHistory history) {
    boolean startKnown = history.entries().stream().anyMatch(History::starts);
    List<HistoryEntry> going = new ArrayList<>();
    for (HistoryEntry entry : history.entries()) {
      if (entry.isLastFailure()) {
        continue;
      }
      boolean under = entry.status() == HistoryEntry.PENDING;
      if (entry.intervalMs() > 0 && !under && entry.status() != HistoryEntry.CANCELLED) {
        going.add(entry);
      } else if (entry.intervalMs() == 0
          && turns(entry, startKnown)
          && entry.status() != HistoryEntry.PENDING) {
        going.clear();
      }
    }
    return going;
  }

  private static boolean starts(HistoryEntry entry) {
    return entry.task().equals(Tasks.START) || entry.task().equals(Tasks.MIGRATE_FROM);
  }

  /** What was begun before it is over; where no start is remembered a change of role tells. */
  private static boolean turns(HistoryEntry entry, boolean startKnown) {
    return switch (entry.task()) {
      case Tasks.START, Tasks.MIGRATE_FROM, Tasks.STOP -> true;
      case Tasks.PROMOTE, Tasks.DEMOTE -> !startKnown;
      default -> false;
    };
  }

  /** A failure that does not count any more: the action has ended with it and begins anew. */
  private static boolean over(PrimitiveResource resource, HistoryEntry entry) {
    boolean failed =
        entry.status() != HistoryEntry.PENDING
            && (entry.expectedExitCode() >= 0
                ? entry.exitCode() != entry.expectedExitCode()
                : entry.status() != HistoryEntry.DONE);
    return failed && !resource.failed && !resource.ignoreFailure;
  }

  boolean differs(PrimitiveResource resource, PolicyNode node, HistoryEntry entry) {
    return OperationDigest.differs(
        planning.operations, resource, parameters(resource, node), entry);
  }

  Map<String, String> parameters(PrimitiveResource resource, PolicyNode node) {
    return planning.operations.parameters(resource, node);
  }

  /** Everything after the last start, or after the probe that found it running. */
  static List<HistoryEntry> sinceStart(List<HistoryEntry> entries) {
    int stop = -1;
    int start = -1;
    int turned = -1;
    int found = -1;
    for (int i = 0; i < entries.size(); i++) {
      HistoryEntry entry = entries.get(i);
      switch (entry.task()) {
        case Tasks.STOP -> stop = entry.status() == HistoryEntry.DONE ? i : stop;
        case Tasks.START, Tasks.MIGRATE_FROM -> start = i;
        case Tasks.PROMOTE, Tasks.DEMOTE -> turned = i;
        case Tasks.MONITOR -> {
          boolean active = entry.exitCode() == HistoryEntry.OK || entry.exitCode() == 8;
          found = found <= stop && active ? i : found;
        }
        default -> {}
      }
    }
    int begin = start >= 0 ? start : turned >= 0 ? turned : found;
    return begin < stop || begin < 0 ? List.of() : entries.subList(begin, entries.size());
  }
}
