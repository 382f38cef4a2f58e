package org.ringward.core.policy;

/**
 * When a recorded failure stops to matter: failure-timeout has passed, or what failed has another
 * definition now. Either way the fail count is cleared.
 */
final class FailureExpiry {
  private final Situation situation;
  private final PrimitiveResource resource;
  private final ClusterNode node;

  FailureExpiry(Situation situation, PrimitiveResource resource, ClusterNode node) {
    this.situation = situation;
    this.resource = resource;
    this.node = node;
  }

  /** Whether the failure no longer counts; arranges for its fail count to be cleared. */
  boolean expired(HistoryEntry entry) {
    FailCountTable.Failures recorded = situation.failCounts().recorded(resource, node);
    boolean timedOut = timedOut(entry, recorded);
    if (timedOut && recorded != null) {
      clear(resource, node, "it expired");
    } else if (!timedOut && recorded != null && entry.isLastFailure() && definitionChanged(entry)) {
      recorded.settled = true;
      clear(resource, node, "resource parameters have changed");
    }
    return timedOut;
  }

  private boolean timedOut(
      HistoryEntry entry, FailCountTable.@org.jspecify.annotations.Nullable Failures recorded) {
    if (resource.failureTimeoutMs <= 0 || entry.lastChange() <= 0 || blocking()) {
      return false;
    }
    long at = entry.lastChange() + resource.failureTimeoutMs / 1000;
    if (recorded != null && !situation.failCounts().expired(resource, recorded)) {
      if (recorded.lastSeconds > 0) {
        at = Math.max(at, recorded.lastSeconds + resource.failureTimeoutMs / 1000);
      }
      situation.recheckAt(at);
      return false;
    }
    situation.recheckAt(at);
    return at <= situation.now;
  }

  /** A failure with on-fail=block waits for a human, however long that takes. */
  private boolean blocking() {
    NodeHistory history = resource.histories[node.index];
    if (history == null) {
      return false;
    }
    for (HistoryEntry entry : history.entries()) {
      boolean failed =
          entry.status() != HistoryEntry.PENDING
              && (entry.status() > HistoryEntry.CANCELLED
                  || (entry.expectedExitCode() >= 0
                      && entry.exitCode() != entry.expectedExitCode()
                      && !entry.isProbe()));
      if (failed
          && resource.operation(entry.task(), entry.intervalMs()) != null
          && resource.onFail(entry.task(), entry.intervalMs()) == FailureResponse.BLOCK) {
        return true;
      }
    }
    return false;
  }

  private boolean definitionChanged(HistoryEntry entry) {
    boolean relevant =
        entry.task().equals(PlannedAction.START) || entry.task().equals(PlannedAction.MONITOR);
    return relevant
        && resource.configured != null
        && OperationDigest.differs(resource, resource.parameters(node), entry);
  }

  /** Plans to forget the failures of a resource on a node. */
  static void clear(PrimitiveResource resource, ClusterNode node, String reason) {
    if (node.online && resource.find(PlannedAction.CLEAR_FAIL_COUNT, node) == null) {
      String key = resource.operationKey(PlannedAction.CLEAR_FAIL_COUNT, 0);
      PlannedAction clear =
          resource.situation.create(resource, PlannedAction.CLEAR_FAIL_COUNT, key, 0, node, false);
      clear.reason = reason;
    }
  }
}
