package org.ringward.core.policy.model;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cluster properties that steer scheduling, with Pacemaker 3.0's names and defaults (chapter
 * "Cluster-Wide Options" of its documentation).
 */
public final class ClusterOptions {
  /** What becomes of resources when this partition has no quorum. */
  public enum QuorumPolicy {
    STOP,
    IGNORE,
    FREEZE,
    FENCE,
    DEMOTE
  }

  /** How node utilization counts in placement. */
  public enum Placement {
    DEFAULT,
    UTILIZATION,
    MINIMAL,
    BALANCED
  }

  public final boolean haveQuorum;
  public final QuorumPolicy quorumPolicy;
  public final boolean symmetricCluster;
  public final boolean maintenanceMode;
  public final boolean startFailureIsFatal;
  public final boolean enableStartupProbes;
  public final boolean shutdownLock;
  public final long shutdownLockLimitMs;
  public final boolean fencingEnabled;
  public final String fencingAction;
  public final String fencingTimeout;
  public final boolean haveWatchdog;
  public final long fencingWatchdogTimeoutMs;
  public final boolean concurrentFencing;
  public final boolean startupFencing;
  public final long priorityFencingDelayMs;
  public final long nodePendingTimeoutMs;
  public final String clusterDelay;
  public final String batchLimit;
  public final String migrationLimit;
  public final boolean stopAllResources;
  public final boolean stopRemovedResources;
  public final boolean cancelRemovedActions;
  public final String nodeHealthStrategy;
  public final int nodeHealthBase;
  public final int nodeHealthGreen;
  public final int nodeHealthYellow;
  public final int nodeHealthRed;
  public final Placement placement;

  /** Old global defaults, null when not set. */
  public final @Nullable String defaultResourceStickiness;

  /**
   * @param values the properties in effect, under new names
   */
  public ClusterOptions(Map<String, String> values, boolean haveQuorum) {
    this.haveQuorum = haveQuorum;
    fencingEnabled = truth(values, "fencing-enabled", true);
    quorumPolicy = quorumPolicy(values.get("no-quorum-policy"), fencingEnabled);
    symmetricCluster = truth(values, "symmetric-cluster", true);
    maintenanceMode = truth(values, "maintenance-mode", false);
    startFailureIsFatal = truth(values, "start-failure-is-fatal", true);
    enableStartupProbes = truth(values, "enable-startup-probes", true);
    shutdownLock = truth(values, "shutdown-lock", false);
    shutdownLockLimitMs = Values.milliseconds(values.get("shutdown-lock-limit"), 0);
    String action = values.getOrDefault("fencing-action", "reboot");
    fencingAction = action.equals("poweroff") ? "off" : action;
    fencingTimeout = values.getOrDefault("fencing-timeout", "60s");
    haveWatchdog = truth(values, "have-watchdog", false);
    fencingWatchdogTimeoutMs = Values.milliseconds(values.get("fencing-watchdog-timeout"), 0);
    concurrentFencing = truth(values, "concurrent-fencing", true);
    startupFencing = truth(values, "startup-fencing", true);
    priorityFencingDelayMs = Values.milliseconds(values.get("priority-fencing-delay"), 0);
    nodePendingTimeoutMs = Values.milliseconds(values.get("node-pending-timeout"), 0);
    clusterDelay = values.getOrDefault("cluster-delay", "60s");
    batchLimit = values.getOrDefault("batch-limit", "0");
    migrationLimit = values.getOrDefault("migration-limit", "-1");
    stopAllResources = truth(values, "stop-all-resources", false);
    stopRemovedResources = truth(values, "stop-removed-resources", true);
    cancelRemovedActions = truth(values, "cancel-removed-actions", true);
    nodeHealthStrategy = values.getOrDefault("node-health-strategy", "none");
    nodeHealthBase = Values.score(values.get("node-health-base"), 0);
    nodeHealthGreen = Values.score(values.get("node-health-green"), 0);
    nodeHealthYellow = Values.score(values.get("node-health-yellow"), 0);
    nodeHealthRed = Values.score(values.get("node-health-red"), -Scores.INFINITY);
    placement = placement(values.get("placement-strategy"));
    defaultResourceStickiness = values.get("default-resource-stickiness");
  }

  private static boolean truth(Map<String, String> values, String name, boolean otherwise) {
    return Values.truth(values.get(name), otherwise);
  }

  private static QuorumPolicy quorumPolicy(@Nullable String configured, boolean fencing) {
    return switch (configured == null ? "stop" : configured.toLowerCase(Locale.ROOT)) {
      case "ignore" -> QuorumPolicy.IGNORE;
      case "freeze" -> QuorumPolicy.FREEZE;
      case "demote" -> QuorumPolicy.DEMOTE;
      case "suicide", "fence" -> fencing ? QuorumPolicy.FENCE : QuorumPolicy.STOP;
      default -> QuorumPolicy.STOP;
    };
  }

  private static Placement placement(@Nullable String configured) {
    return switch (configured == null ? "default" : configured.toLowerCase(Locale.ROOT)) {
      case "utilization" -> Placement.UTILIZATION;
      case "minimal" -> Placement.MINIMAL;
      case "balanced" -> Placement.BALANCED;
      default -> Placement.DEFAULT;
    };
  }

  /** Whether resources may be started: there is quorum, or it does not matter. */
  public boolean quorate() {
    return haveQuorum || quorumPolicy == QuorumPolicy.IGNORE;
  }
}
