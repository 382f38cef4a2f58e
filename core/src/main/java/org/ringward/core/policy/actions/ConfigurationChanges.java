package org.ringward.core.policy.actions;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.NodeHistory;
import org.ringward.core.policy.model.PlannedAction;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/**
 * What changed in the configuration since it was carried out. Another agent or other parameters ask
 * for a restart or a reload; recurring actions that are not configured any more are cancelled.
 */
final class ConfigurationChanges {
  private static final String DEFINITION = "resource definition change";

  private final Planning planning;
  private final Situation situation;
  private final History history;
  private final RecurringActions recurring;

  ConfigurationChanges(Planning planning, History history, RecurringActions recurring) {
    this.recurring = recurring;
    this.planning = planning;
    this.situation = planning.situation;
    this.history = history;
  }

  /** Finds definitions that differ from what runs. */
  void find() {
    for (PrimitiveResource resource : situation.primitives()) {
      if (!resource.removed) {
        resource.histories.forEach((node, remembered) -> {
          if (reachable(node)) {
            compare(resource, node, remembered);
            if (situation.options.cancelRemovedActions && resource.runningOn.contains(node)) {
              cancelRemoved(resource, node, remembered);
            }
          }
        });
      } else if (situation.options.stopRemovedResources) {
        forgetRemoved(resource);
      }
    }
  }

  /** What is left of a resource that is not configured. */
  private void forgetRemoved(PrimitiveResource resource) {
    if (!resource.unique()) {
      return;
    }
    for (PolicyNode node : situation.nodes) {
      if (resource.histories.containsKey(node) && reachable(node)) {
        delete(resource, node, "removed");
      }
    }
    for (PolicyNode node : situation.nodes) {
      if (planning.facts.failCounts().recorded(resource, node).count() > 0) {
        clear(new Situation.ExpiredFailure(resource, node, "it is removed"));
      }
    }
  }

  /** Nodes that are about to go are not bothered with changes. */
  static boolean reachable(PolicyNode node) {
    boolean available =
        node.online
            && !node.shutdown
            && !node.unclean
            && !node.standby
            && !node.standbyAfterFailure
            && !node.pending;
    return available || (node.online && node.maintenance && !node.unclean);
  }

  private void compare(PrimitiveResource resource, PolicyNode node, NodeHistory remembered) {
    boolean active = resource.runningOn.contains(node);
    if (agentChanged(resource, remembered.source().attributes())) {
      if (active) {
        planning.action(resource, Tasks.STOP, node, false);
      }
      deleteAll(resource, node);
      planning.unfencing.deviceChanged(resource, node, "definition");
      if (active && resource.managed) {
        restart(resource, node, "");
      }
      return;
    }
    if (!active) {
      return;
    }
    for (HistoryEntry entry : History.sinceStart(remembered.entries())) {
      boolean compared =
          entry.intervalMs() == 0
              && entry.attributes().get("op-digest") != null
              && (entry.task().equals(Tasks.START)
                  || entry.task().equals(Tasks.MIGRATE_FROM)
                  || entry.task().equals(Tasks.PROMOTE)
                  || foundRunning(entry));
      boolean recurring =
          entry.intervalMs() > 0
              && planning.operations.configured(resource, entry.task(), entry.intervalMs()) != null;
      if ((compared || recurring) && history.differs(resource, node, entry)) {
        if (compared) {
          planning.unfencing.deviceChanged(resource, node, "parameters");
          changed(resource, node, entry, history.parameters(resource, node));
        }
        clearFailCount(resource, node);
      }
    }
  }

  private void clearFailCount(PrimitiveResource resource, PolicyNode node) {
    if (planning.facts.failCounts().effective(resource, node).count() > 0) {
      clear(new Situation.ExpiredFailure(resource, node, "action definition changed"));
    }
  }

  private static boolean foundRunning(HistoryEntry entry) {
    return entry.isProbe()
        && (entry.exitCode() == HistoryEntry.OK || entry.status() == HistoryEntry.PENDING);
  }

  private void changed(
      PrimitiveResource resource,
      PolicyNode node,
      HistoryEntry entry,
      Map<String, String> parameters) {
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
        if (resource.startPending) {
          // Nobody knows yet with which parameters it came up.
          restart(resource, node, "");
          return;
        }
        resource.reload = true;
        planning.action(resource, Tasks.RELOAD, node, false);
        return;
      }
    }
    restart(resource, node, DEFINITION);
  }

  private void restart(PrimitiveResource resource, PolicyNode node, String why) {
    resource.definitionChanged = why;
    PlannedAction start = planning.action(resource, Tasks.START, node, false);
    if (!why.isEmpty()) {
      start.because(why);
    }
  }

  private static boolean agentChanged(PrimitiveResource resource, Attributes recorded) {
    return differs(recorded.get("class"), resource.agentClass)
        || differs(recorded.get("provider"), resource.provider)
        || differs(recorded.get("type"), resource.type);
  }

  private static boolean differs(@Nullable String recorded, String configured) {
    return !(recorded == null ? "" : recorded).equals(configured);
  }

  /** A history without a number is that of any instance of an anonymous clone. */
  private void deleteAll(PrimitiveResource resource, PolicyNode node) {
    CloneResource clone = resource.cloneAround();
    if (clone == null || resource.unique()) {
      delete(resource, node, DEFINITION);
      return;
    }
    for (PrimitiveResource twin : clone.primitives()) {
      if (twin.configuredId.equals(resource.configuredId)) {
        delete(twin, node, DEFINITION);
      }
    }
  }

  private void delete(PrimitiveResource resource, PolicyNode node, String why) {
    if (resource.failed) {
      // What is known of it is needed for its recovery.
      return;
    }
    PlannedAction delete = planning.action(resource, Tasks.DELETE, node, false);
    delete.because(why);
  }

  /** Cancels what is not configured any more. */
  private void cancelRemoved(PrimitiveResource resource, PolicyNode node, NodeHistory remembered) {
    for (HistoryEntry entry : History.sinceStart(remembered.entries())) {
      boolean goes =
          entry.intervalMs() > 0
              && !entry.isLastFailure()
              && entry.status() != HistoryEntry.CANCELLED;
      if (!goes) {
        continue;
      }
      OperationSettings settings =
          planning.operations.configured(resource, entry.task(), entry.intervalMs());
      boolean keep = settings != null && settings.enabled() && !resource.maintenance;
      if (!keep) {
        PlannedAction cancel =
            recurring.cancel(resource, node, entry.task(), entry.intervalMs(), entry);
        planning.orderings.order(resource, Tasks.STOP, cancel, Flags.ORDERED);
      }
    }
  }

  /** The failures that are to be forgotten. */
  void clearFailCounts() {
    situation.expiredFailures.forEach(this::clear);
  }

  private void clear(Situation.ExpiredFailure expired) {
    PrimitiveResource resource = expired.resource();
    PlannedAction clear = planning.action(resource, Tasks.CLEAR_FAIL_COUNT, expired.node(), false);
    clear.meta.put("op_no_wait", "true");
    clear.because(expired.reason());
    if (resource.removed) {
      planning.orderings.order(clear, resource, Tasks.STOP, Flags.ORDERED);
    }
  }
}
