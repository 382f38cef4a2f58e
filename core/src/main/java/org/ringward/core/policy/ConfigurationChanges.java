package org.ringward.core.policy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;

/**
 * Chapter 14: what changed in the configuration since it was carried out. Another agent or other
 * parameters ask for a restart, recurring actions that are not configured any more are cancelled.
 */
final class ConfigurationChanges {
  private final Situation situation;

  private ConfigurationChanges(Situation situation) {
    this.situation = situation;
  }

  /** Finds definitions that differ from what runs; before assignment. */
  static void find(Situation situation) {
    ConfigurationChanges chapter = new ConfigurationChanges(situation);
    for (PrimitiveResource resource : situation.primitives) {
      if (resource.configured != null) {
        for (NodeHistory history : resource.histories) {
          if (history != null && reachable(history.node())) {
            chapter.compare(resource, history);
          }
        }
      }
    }
  }

  /** Nodes that are about to go are not bothered with changes. */
  private static boolean reachable(ClusterNode node) {
    return node.available() || (node.online && node.maintenance && !node.unclean);
  }

  private void compare(PrimitiveResource resource, NodeHistory history) {
    boolean active = resource.active() && resource.runningOn.contains(history.node());
    if (agentChanged(resource, history.source().attributes())) {
      delete(resource, history.node());
      if (active) {
        resource.definitionChanged = "resource definition change";
      }
      return;
    }
    if (!active) {
      return;
    }
    Map<String, String> parameters = null;
    for (HistoryEntry entry : sinceStart(history.entries())) {
      String digest = entry.attributes().get("op-digest");
      boolean compared =
          entry.intervalMs() == 0
              && digest != null
              && entry.status() != HistoryEntry.PENDING
              && (entry.task().equals(PlannedAction.START) || foundRunning(entry));
      if (compared) {
        parameters = parameters == null ? resource.parameters(history.node()) : parameters;
        if (OperationDigest.differs(resource, parameters, entry)) {
          changed(resource, entry, parameters);
          clearFailCount(resource, history.node());
        }
      } else if (entry.intervalMs() > 0
          && resource.operation(entry.task(), entry.intervalMs()) != null) {
        parameters = parameters == null ? resource.parameters(history.node()) : parameters;
        if (OperationDigest.differs(resource, parameters, entry)) {
          clearFailCount(resource, history.node());
        }
      }
    }
  }

  private void clearFailCount(PrimitiveResource resource, ClusterNode node) {
    if (situation.failCounts().recorded(resource, node) != null) {
      FailureExpiry.clear(resource, node, "action definition changed");
    }
  }

  private static boolean foundRunning(HistoryEntry entry) {
    return entry.isProbe() && entry.exitCode() == HistoryEntry.OK;
  }

  private static void changed(
      PrimitiveResource resource, HistoryEntry entry, Map<String, String> parameters) {
    String restartDigest = entry.attributes().get("op-restart-digest");
    String restartNames = entry.attributes().get("op-force-restart");
    if (restartDigest != null && restartNames != null) {
      Map<String, String> restarting = new TreeMap<>();
      for (String name : restartNames.trim().split(" +", -1)) {
        String value = parameters.get(name);
        if (value != null) {
          restarting.put(name, value);
        }
      }
      if (OperationDigest.of(restarting).equals(restartDigest)) {
        resource.reload = true;
        return;
      }
    }
    resource.definitionChanged = "resource definition change";
  }

  private static boolean agentChanged(PrimitiveResource resource, Attributes recorded) {
    return differs(recorded.get("class"), resource.agentClass)
        || differs(recorded.get("provider"), resource.provider)
        || differs(recorded.get("type"), resource.type);
  }

  private static boolean differs(@Nullable String recorded, String configured) {
    return !(recorded == null ? "" : recorded).equals(configured);
  }

  private void delete(PrimitiveResource resource, ClusterNode node) {
    if (resource.find(PlannedAction.DELETE, node) == null) {
      String key = resource.operationKey(PlannedAction.DELETE, 0);
      situation.create(resource, PlannedAction.DELETE, key, 0, node, false).reason =
          "resource definition change";
    }
  }

  /** Everything after the last start, or after the probe that found it running. */
  private static List<HistoryEntry> sinceStart(List<HistoryEntry> entries) {
    int start = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).task().equals(PlannedAction.START)) {
        start = i;
      }
    }
    return entries.subList(start, entries.size());
  }

  /**
   * The record of a recurring action that is still going, null when there is none: it was started
   * after the last start or stop, and has not failed.
   */
  static @Nullable HistoryEntry recurring(
      PrimitiveResource resource, NodeHistory history, OperationSettings settings) {
    HistoryEntry found = null;
    for (HistoryEntry entry : history.entries()) {
      if (entry.isLastFailure()) {
        continue;
      }
      boolean turn =
          entry.intervalMs() == 0
              && (entry.task().equals(PlannedAction.START)
                  || entry.task().equals(PlannedAction.STOP));
      if (turn && entry.status() != HistoryEntry.PENDING) {
        found = null;
      } else if (entry.intervalMs() == settings.intervalMs()
          && entry.task().equals(settings.name())
          && entry.status() != HistoryEntry.CANCELLED) {
        found = entry;
      }
    }
    if (found == null || digestDiffers(resource, history.node(), found)) {
      return null;
    }
    return found;
  }

  private static boolean digestDiffers(
      PrimitiveResource resource, ClusterNode node, HistoryEntry entry) {
    return OperationDigest.differs(resource, resource.parameters(node), entry);
  }

  /** Cancels what is not configured any more; after the actions were created. */
  static void cancelRemoved(Situation situation) {
    if (!situation.options.cancelRemovedActions()) {
      return;
    }
    for (PrimitiveResource resource : situation.primitives) {
      if (resource.removed) {
        continue;
      }
      for (NodeHistory history : resource.histories) {
        if (history != null && reachable(history.node())) {
          cancelRemoved(resource, history);
        }
      }
    }
  }

  private static void cancelRemoved(PrimitiveResource resource, NodeHistory history) {
    ClusterNode node = history.node();
    if (!resource.runningOn.contains(node)) {
      return;
    }
    for (HistoryEntry entry : sinceStart(history.entries())) {
      boolean recurring =
          entry.intervalMs() > 0
              && !entry.isLastFailure()
              && entry.status() != HistoryEntry.CANCELLED;
      if (!recurring) {
        continue;
      }
      OperationSettings settings = resource.operation(entry.task(), entry.intervalMs());
      boolean keep = settings != null && settings.enabled() && !resource.maintenance;
      if (!keep) {
        PlannedAction cancel = RecurringMonitors.cancel(resource, node, settings, entry);
        PlannedAction stop = resource.find(PlannedAction.STOP, node);
        if (stop != null) {
          cancel.after(stop, OrderFlags.ORDERED);
        }
      }
    }
  }
}
