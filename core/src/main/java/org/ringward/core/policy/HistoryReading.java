package org.ringward.core.policy;

import org.jspecify.annotations.Nullable;

/**
 * Reads the history of one resource on one node entry by entry: which role it has there at the end,
 * and what follows from failures that no later success has settled.
 */
final class HistoryReading {
  private final Situation situation;
  private final PrimitiveResource resource;
  private final ClusterNode node;

  Role role = Role.UNKNOWN;
  FailureResponse response = FailureResponse.IGNORE;

  HistoryReading(Situation situation, PrimitiveResource resource, ClusterNode node) {
    this.situation = situation;
    this.resource = resource;
    this.node = node;
  }

  void read(HistoryEntry entry) {
    switch (entry.task()) {
      case PlannedAction.START, PlannedAction.STOP, PlannedAction.MONITOR, "asyncmon" -> {}
      case "migrate_to", "migrate_from", "promote", "demote", "reload", PlannedAction.RELOAD -> {}
      default -> {
        return;
      }
    }
    if (entry.status() == HistoryEntry.CANCELLED) {
      return;
    }
    if (entry.status() == HistoryEntry.PENDING) {
      pending(entry);
      return;
    }
    Outcome outcome = outcome(entry);
    if (outcome != Outcome.SUCCESS && expired(entry)) {
      return;
    }
    switch (outcome) {
      case SUCCESS -> succeeded(entry);
      case SOFT -> failed(entry);
      case HARD -> {
        failed(entry);
        ban(entry, node);
      }
      case FATAL -> {
        failed(entry);
        for (ClusterNode each : situation.nodes) {
          ban(entry, each);
        }
      }
    }
  }

  private enum Outcome {
    SUCCESS,
    SOFT,
    HARD,
    FATAL
  }

  private void pending(HistoryEntry entry) {
    if (entry.task().equals(PlannedAction.START)) {
      role = Role.STARTED;
      resource.pendingStart = node;
    } else if (entry.task().equals(PlannedAction.STOP) && role == Role.UNKNOWN) {
      // Until the stop is confirmed it may still be active.
      role = Role.STARTED;
    }
  }

  /** What exit code and execution state amount to. */
  private Outcome outcome(HistoryEntry entry) {
    boolean probe = entry.isProbe();
    int exitCode = entry.exitCode();
    switch (entry.status()) {
      case HistoryEntry.TIMED_OUT -> {
        return Outcome.SOFT;
      }
      case HistoryEntry.NOT_SUPPORTED -> {
        return Outcome.SOFT;
      }
      case HistoryEntry.ERROR_HARD -> {
        return Outcome.HARD;
      }
      case HistoryEntry.ERROR_FATAL -> {
        return Outcome.FATAL;
      }
      case HistoryEntry.NOT_INSTALLED -> {
        return Outcome.HARD;
      }
      default -> {}
    }
    int expected = entry.expectedExitCode();
    return switch (exitCode) {
      case HistoryEntry.OK ->
          probe || expected <= HistoryEntry.OK || !recurringForStopped(entry)
              ? Outcome.SUCCESS
              : Outcome.SOFT;
      case HistoryEntry.NOT_RUNNING ->
          probe || expected == exitCode || !resource.managed ? Outcome.SUCCESS : Outcome.SOFT;
      case 190, 191 -> Outcome.SUCCESS;
      case HistoryEntry.NOT_CONFIGURED -> probe ? Outcome.HARD : Outcome.FATAL;
      case HistoryEntry.UNIMPLEMENTED -> entry.intervalMs() > 0 ? Outcome.SOFT : Outcome.HARD;
      case 2, 4 -> Outcome.HARD;
      case HistoryEntry.AGENT_NOT_INSTALLED -> Outcome.HARD;
      default -> exitCode == expected ? Outcome.SUCCESS : Outcome.SOFT;
    };
  }

  private static boolean recurringForStopped(HistoryEntry entry) {
    return entry.intervalMs() > 0 && entry.expectedExitCode() == HistoryEntry.NOT_RUNNING;
  }

  private boolean expired(HistoryEntry entry) {
    return new FailureExpiry(situation, resource, node).expired(entry);
  }

  private void succeeded(HistoryEntry entry) {
    boolean settles = true;
    switch (entry.task()) {
      case PlannedAction.MONITOR -> {
        boolean stopped =
            entry.exitCode() == HistoryEntry.NOT_RUNNING
                || entry.exitCode() == HistoryEntry.AGENT_NOT_INSTALLED;
        if (stopped) {
          role = Role.STOPPED;
        } else {
          role = Role.STARTED;
          settles = false;
        }
      }
      case PlannedAction.STOP, "migrate_to" -> role = Role.STOPPED;
      default -> role = Role.STARTED;
    }
    if (settles) {
      switch (response) {
        case RESTART, BLOCK, BAN -> response = FailureResponse.IGNORE;
        default -> {}
      }
    }
  }

  private void failed(HistoryEntry entry) {
    FailureResponse action = response(entry);
    if (action == FailureResponse.IGNORE) {
      succeededDespite(entry);
      return;
    }
    if (action.compareTo(response) > 0) {
      response = action;
    }
    if (entry.isProbe() && entry.exitCode() == HistoryEntry.AGENT_NOT_INSTALLED) {
      role = Role.STOPPED;
    } else if (role != Role.STARTED) {
      role = Role.STARTED;
    }
    if (entry.task().equals(PlannedAction.STOP)) {
      resource.applyLocation(node, -Scores.INFINITY, "failed stop on " + node.name);
    }
  }

  /** A failure that does not matter: the operation counts as if it had gone well. */
  private void succeededDespite(HistoryEntry entry) {
    resource.ignoreFailure = true;
    role = entry.task().equals(PlannedAction.STOP) ? Role.STOPPED : Role.STARTED;
  }

  private FailureResponse response(HistoryEntry entry) {
    return resource.onFail(entry.task(), entry.intervalMs());
  }

  private void ban(HistoryEntry entry, ClusterNode where) {
    // Without an agent there is nothing whose failure could be ignored.
    boolean noAgent = entry.status() == HistoryEntry.NOT_INSTALLED;
    if (noAgent || response(entry) != FailureResponse.IGNORE) {
      String what = "failed " + entry.task() + " with exit code " + entry.exitCode();
      resource.applyLocation(where, -Scores.INFINITY, what);
    }
  }

  @Override
  public @Nullable String toString() {
    return resource.id + "@" + node + " " + role + " " + response;
  }
}
