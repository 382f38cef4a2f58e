package org.ringward.core.policy.facts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.HistoryEntry;
import org.ringward.core.policy.model.LocationPreference;
import org.ringward.core.policy.model.OnFail;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Tasks;

/**
 * Reads the history of one resource on one node entry by entry: which role it has there at the end,
 * and what follows from failures that no later success has settled.
 */
final class HistoryReading {
  private static final int INVALID_PARAMETER = 2;
  private static final int INSUFFICIENT_PRIVILEGES = 4;
  private static final int RUNNING_PROMOTED = 8;
  private static final int FAILED_PROMOTED = 9;
  private static final int DEGRADED = 190;
  private static final int DEGRADED_PROMOTED = 191;

  private final StatusFacts status;
  private final Situation situation;
  private final PrimitiveResource resource;
  private final PolicyNode node;

  /** The role here, as far as it has been read. */
  Role role = Role.UNKNOWN;

  OnFail onFail = OnFail.IGNORE;
  private @Nullable HistoryEntry lastFailure;

  HistoryReading(StatusFacts status, PrimitiveResource resource, PolicyNode node) {
    this.status = status;
    this.situation = status.situation();
    this.resource = resource;
    this.node = node;
  }

  private enum Outcome {
    SUCCESS,
    SOFT,
    HARD,
    FATAL
  }

  void read(HistoryEntry entry) {
    if (!changesState(entry.task()) || entry.status() == HistoryEntry.CANCELLED) {
      return;
    }
    if (entry.task().equals(Tasks.MIGRATE_TO) && status.migrations().targetIsLost(entry)) {
      resource.doubtfulOn.add(node);
    }
    if (entry.status() == HistoryEntry.PENDING) {
      pending(entry);
      return;
    }
    boolean expired = status.expiry().expired(resource, node, entry);
    int exitCode = withoutDegradation(entry);
    if (unavailable(entry)) {
      resource.failedProbes.put(node, entry.exitCode());
      if (resource.bundleAround() != null) {
        // Where a bundle cannot run, its probes say nothing about what is inside.
        role = Role.STOPPED;
        return;
      }
    }
    Outcome outcome = outcome(entry, exitCode, expired);
    if (outcome != Outcome.SUCCESS && expired) {
      return;
    }
    if (outcome == Outcome.SUCCESS) {
      succeeded(entry, exitCode);
    } else {
      failed(entry, outcome);
    }
    doubt(
        entry, outcome == Outcome.SUCCESS, outcome == Outcome.SOFT && exitCode != FAILED_PROMOTED);
  }

  /** What would not be done, or found, without knowing who has the resource ends a doubt. */
  private void doubt(HistoryEntry entry, boolean success, boolean couldNotTell) {
    if (entry.isProbe() && couldNotTell) {
      resource.doubtfulOn.add(node);
    } else if (entry.task().equals(Tasks.START)
        || (success && !entry.task().equals(Tasks.MIGRATE_TO))) {
      resource.doubtfulOn.remove(node);
    }
  }

  private static boolean changesState(String task) {
    return switch (task) {
      case Tasks.START,
          Tasks.STOP,
          Tasks.MONITOR,
          Tasks.PROMOTE,
          Tasks.DEMOTE,
          Tasks.MIGRATE_TO,
          Tasks.MIGRATE_FROM,
          "reload",
          "asyncmon",
          Tasks.RELOAD ->
          true;
      default -> false;
    };
  }

  private void pending(HistoryEntry entry) {
    HistoryEntry failure = lastFailure;
    if (failure != null
        && failure.key().equals(entry.key())
        && Objects.equals(failure.transitionSource(), entry.transitionSource())
        && failure.transition() >= entry.transition()) {
      // It failed at once, so it is not under way any more.
      return;
    }
    switch (entry.task()) {
      case Tasks.START -> {
        resource.startPending = true;
        activate();
      }
      case Tasks.PROMOTE -> role = Role.PROMOTED;
      case Tasks.MIGRATE_FROM -> {
        if (status.migrations().sourceIsForgotten(resource, entry)) {
          activate();
        }
      }
      case Tasks.MIGRATE_TO -> {
        PolicyNode target = named(entry.attributes().get("migrate_target"));
        if (node.unclean && target != null) {
          resource.mustStopOn.add(target);
        }
      }
      default -> {}
    }
    if (resource.pendingTask == null && !entry.isProbe()) {
      resource.pendingTask = entry.task();
      resource.pendingNode = node;
    }
  }

  private @Nullable PolicyNode named(@Nullable String name) {
    return name == null ? null : situation.nodeByName(name);
  }

  private static int withoutDegradation(HistoryEntry entry) {
    return switch (entry.exitCode()) {
      case DEGRADED -> HistoryEntry.OK;
      case DEGRADED_PROMOTED -> RUNNING_PROMOTED;
      default -> entry.exitCode();
    };
  }

  /** Whether a probe found that the agent cannot work on this node. */
  private static boolean unavailable(HistoryEntry entry) {
    return entry.isProbe()
        && (entry.exitCode() == HistoryEntry.AGENT_NOT_INSTALLED
            || entry.exitCode() == INVALID_PARAMETER
            || entry.status() == HistoryEntry.NOT_INSTALLED);
  }

  /** What exit code and execution state amount to. */
  private Outcome outcome(HistoryEntry entry, int exitCode, boolean expired) {
    switch (entry.status()) {
      case HistoryEntry.TIMED_OUT, HistoryEntry.NOT_SUPPORTED -> {
        return Outcome.SOFT;
      }
      case HistoryEntry.ERROR_HARD, HistoryEntry.NOT_INSTALLED -> {
        return Outcome.HARD;
      }
      case HistoryEntry.ERROR_FATAL -> {
        return Outcome.FATAL;
      }
      default -> {}
    }
    boolean probe = entry.isProbe();
    int expected = expected(entry);
    boolean asExpected = exitCode == expected;
    return switch (exitCode) {
      case HistoryEntry.OK -> probe || asExpected || expected < 0 ? Outcome.SUCCESS : Outcome.SOFT;
      case HistoryEntry.NOT_RUNNING -> notRunning(probe || asExpected);
      case RUNNING_PROMOTED -> {
        promoted(expired && !asExpected);
        yield probe || asExpected ? Outcome.SUCCESS : Outcome.SOFT;
      }
      case FAILED_PROMOTED -> {
        promoted(expired && !asExpected);
        yield Outcome.SOFT;
      }
      case HistoryEntry.NOT_CONFIGURED -> Outcome.FATAL;
      case HistoryEntry.UNIMPLEMENTED ->
          entry.intervalMs() > 0 ? Outcome.SOFT : hard(entry, expired);
      case INVALID_PARAMETER, INSUFFICIENT_PRIVILEGES, HistoryEntry.AGENT_NOT_INSTALLED ->
          hard(entry, expired);
      default -> Outcome.SOFT;
    };
  }

  private Outcome notRunning(boolean fine) {
    if (!fine && resource.managed) {
      return Outcome.SOFT;
    }
    // Neither for probes, nor for monitors of the stopped role, nor for what is not managed.
    role = Role.STOPPED;
    onFail = OnFail.IGNORE;
    resource.nextRole = Role.UNKNOWN;
    return Outcome.SUCCESS;
  }

  private void promoted(boolean outdated) {
    if (!outdated) {
      role = Role.PROMOTED;
    }
  }

  private Outcome hard(HistoryEntry entry, boolean expired) {
    if (!expired && entry.task().equals(Tasks.STOP) && !status.canFence(node)) {
      // A stop that cannot work and a node that cannot be fenced: nothing is left to be done.
      resource.managed = false;
      resource.blocked = true;
    }
    return Outcome.HARD;
  }

  private static int expected(HistoryEntry entry) {
    int expected = entry.expectedExitCode();
    return switch (expected) {
      case DEGRADED -> HistoryEntry.OK;
      case DEGRADED_PROMOTED -> RUNNING_PROMOTED;
      default -> expected;
    };
  }

  private void succeeded(HistoryEntry entry, int exitCode) {
    boolean settles = true;
    if (exitCode == HistoryEntry.AGENT_NOT_INSTALLED) {
      role = Role.STOPPED;
      settles = false;
    } else if (exitCode != HistoryEntry.NOT_RUNNING) {
      switch (entry.task()) {
        case Tasks.MONITOR -> {
          HistoryEntry failure = lastFailure;
          settles = failure != null && failure.key().equals(entry.key());
          activateIfStopped();
        }
        case Tasks.START, Tasks.MIGRATE_FROM -> activate();
        case Tasks.STOP -> role = Role.STOPPED;
        case Tasks.PROMOTE -> role = Role.PROMOTED;
        case Tasks.DEMOTE -> {
          settles = onFail == OnFail.DEMOTE;
          role = Role.UNPROMOTED;
        }
        case Tasks.MIGRATE_TO -> {
          settles = false;
          Role after = status.migrations().succeeded(resource, node, entry);
          role = after == Role.UNKNOWN ? role : after;
        }
        default -> {
          settles = false;
          activateIfStopped();
        }
      }
    }
    if (settles) {
      settle();
    }
  }

  /** A success makes earlier failures void, unless their consequence outlasts them. */
  private void settle() {
    boolean settled =
        switch (onFail) {
          case STOP, BAN, STANDBY_NODE, FENCE_NODE -> false;
          case BLOCK, IGNORE, DEMOTE, RESTART, RESTART_CONTAINER -> true;
          // Without a delay the connection may be made as soon as the node has been fenced.
          case RESET_REMOTE -> resource.reconnectIntervalMs == 0;
        };
    if (settled) {
      onFail = OnFail.IGNORE;
      resource.nextRole = Role.UNKNOWN;
      resource.nextRoleReason = null;
    }
  }

  private void activateIfStopped() {
    if (!role.atLeast(Role.STARTED)) {
      activate();
    }
  }

  private void activate() {
    role = resource.promotable() ? Role.UNPROMOTED : Role.STARTED;
  }

  private void failed(HistoryEntry entry, Outcome outcome) {
    OnFail response = status.operations().onFail(resource, entry.task(), entry.intervalMs());
    boolean stop = entry.task().equals(Tasks.STOP);
    boolean noAgent = entry.status() == HistoryEntry.NOT_INSTALLED;
    boolean ignored = response == OnFail.IGNORE || (response == OnFail.RESTART_CONTAINER && stop);
    if (ignored && !noAgent) {
      succeeded(entry, Math.max(0, entry.expectedExitCode()));
      resource.ignoreFailure = true;
      if (response == OnFail.RESTART_CONTAINER && onFail.compareTo(OnFail.RESTART) <= 0) {
        onFail = response;
      }
      return;
    }
    if (ignored) {
      // Without an agent there is nothing whose failure could be ignored.
      response = OnFail.BAN;
    }
    lastFailure = entry;
    consequences(entry, response);
    switch (outcome) {
      case HARD -> ban(node, "hard-error");
      case FATAL -> {
        if (entry.isProbe()) {
          ban(node, "hard-error");
        } else {
          banEverywhere("fatal-error");
        }
      }
      case SOFT, SUCCESS -> {}
    }
  }

  private void consequences(HistoryEntry entry, OnFail response) {
    if (response.compareTo(onFail) > 0) {
      onFail = response;
    }
    switch (entry.task()) {
      case Tasks.STOP -> prefer(resource, node, -Scores.INFINITY, "__stop_fail__");
      case Tasks.MIGRATE_TO -> {
        role = Role.STARTED;
        status.migrations().migrateToFailed(resource, node, entry);
      }
      case Tasks.MIGRATE_FROM -> {
        role = Role.STARTED;
        status.migrations().migrateFromFailed(resource, node, entry);
      }
      case Tasks.PROMOTE -> role = Role.PROMOTED;
      case Tasks.DEMOTE -> demoteFailed(entry, response);
      default -> {}
    }
    if (entry.isProbe() && entry.exitCode() == HistoryEntry.AGENT_NOT_INSTALLED) {
      role = Role.STOPPED;
    } else {
      activateIfStopped();
    }
    Role after = OperationFacts.roleAfterFailure(resource, entry.task(), response);
    if (after != Role.STARTED && after.above(resource.nextRole)) {
      resource.nextRole = after;
      resource.nextRoleReason = "failure";
    }
    if (after == Role.STOPPED) {
      banEverywhere("__stop_after_failure__");
    }
  }

  private void demoteFailed(HistoryEntry entry, OnFail response) {
    if (response == OnFail.BLOCK) {
      role = Role.PROMOTED;
      resource.nextRole = Role.STOPPED;
      resource.nextRoleReason = "demote with on-fail=block";
    } else if (entry.exitCode() == HistoryEntry.NOT_RUNNING) {
      role = Role.STOPPED;
    } else {
      // It will be stopped to recover it; to take it for promoted would demote it for ever.
      role = Role.UNPROMOTED;
    }
  }

  private void ban(PolicyNode where, String source) {
    prefer(wholeOf(resource), where, -Scores.INFINITY, source);
  }

  private void banEverywhere(String source) {
    Map<PolicyNode, Integer> scores = new LinkedHashMap<>();
    for (PolicyNode each : situation.nodes) {
      scores.put(each, -Scores.INFINITY);
    }
    wholeOf(resource).locations.add(new LocationPreference(source, Role.UNKNOWN, scores, source));
  }

  /** What a serious error says about one anonymous instance holds for all of them. */
  private static PolicyResource wholeOf(PrimitiveResource resource) {
    PolicyResource clone = resource.cloneAround();
    return clone == null || resource.unique() ? resource : clone;
  }

  static void prefer(PolicyResource resource, PolicyNode node, int score, String source) {
    resource.locations.add(
        new LocationPreference(
            source, Role.UNKNOWN, Collections.singletonMap(node, score), source));
  }
}
