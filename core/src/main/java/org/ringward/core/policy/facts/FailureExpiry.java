package org.ringward.core.policy.facts;

import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/**
 * When a recorded failure stops to matter: failure-timeout has passed, or what failed has another
 * definition now. Either way the fail count is cleared.
 */
final class FailureExpiry {
  private final Situation situation;
  private final FailCountFacts failCounts;
  private final ParameterCheck parameters;

  FailureExpiry(Facts facts) {
    this.situation = facts.situation();
    this.failCounts = facts.failCounts();
    this.parameters = new ParameterCheck(facts);
  }

  /** Whether the entry no longer counts as a failure; notes which fail count is to be cleared. */
  boolean expired(PrimitiveResource resource, PolicyNode node, HistoryEntry entry) {
    boolean expired = false;
    long counted = 0;
    if (resource.failureTimeoutMs > 0 && entry.lastChange() > 0) {
      long timeout = resource.failureTimeoutMs / 1000;
      expired = situation.now >= entry.lastChange() + timeout && !waitsForFencing(resource, entry);
      FailCountFacts.Failures effective = failCounts.effective(resource, node);
      counted = effective.count();
      if (counted > 0 && effective.lastSeconds() > 0) {
        // It counts for the whole of that second.
        situation.recheckAt(effective.lastSeconds() + timeout + 1);
      }
    }
    String reason = null;
    if (expired) {
      if (failCounts.recorded(resource, node).count() > 0) {
        if (counted == 0) {
          reason = "it expired";
        } else {
          expired = false;
        }
      } else if (entry.isLastFailure() && resource.reconnectIntervalMs > 0) {
        reason = "reconnect interval is set";
      }
    }
    if (!expired && entry.isLastFailure() && parameters.changed(resource, node, entry)) {
      reason = "resource parameters have changed";
    }
    clear(resource, node, reason);
    return expired && !foundOut(entry);
  }

  void clear(PrimitiveResource resource, PolicyNode node, @Nullable String reason) {
    if (reason == null) {
      return;
    }
    for (Situation.ExpiredFailure each : situation.expiredFailures) {
      if (each.resource() == resource && each.node() == node) {
        return;
      }
    }
    situation.expiredFailures.add(new Situation.ExpiredFailure(resource, node, reason));
  }

  /** What a probe found stays true, however old it is. */
  private static boolean foundOut(HistoryEntry entry) {
    return entry.isProbe()
        && switch (entry.exitCode()) {
          case HistoryEntry.OK, HistoryEntry.NOT_RUNNING, 8, 190, 191 -> true;
          default -> false;
        };
  }

  /** A lost connection to a remote node counts until the node has been fenced. */
  private boolean waitsForFencing(PrimitiveResource resource, HistoryEntry entry) {
    PolicyNode remote = resource.remoteNode;
    return resource.reconnectIntervalMs > 0
        && situation.options.fencingEnabled
        && entry.intervalMs() > 0
        && entry.task().equals(Tasks.MONITOR)
        && remote != null
        && !remote.fenced;
  }
}
