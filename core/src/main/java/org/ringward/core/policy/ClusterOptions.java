package org.ringward.core.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.AttributeSet;
import org.ringward.core.cib.Cib;

/**
 * The cluster properties that steer scheduling, with Pacemaker's names, older names and defaults
 * (chapter "Cluster-Wide Options" of its documentation).
 */
record ClusterOptions(
    boolean fencingEnabled,
    String fencingAction,
    boolean startupFencing,
    boolean symmetricCluster,
    boolean stopRemovedResources,
    boolean cancelRemovedActions,
    boolean stopAllResources,
    boolean maintenanceMode,
    boolean startupProbes,
    boolean startFailureIsFatal,
    boolean concurrentFencing,
    boolean haveWatchdog,
    long watchdogTimeoutMs,
    long nodePendingTimeoutMs,
    boolean haveQuorum,
    QuorumPolicy quorumPolicy,
    String clusterDelay,
    String fencingTimeout,
    String batchLimit,
    @Nullable String resourceStickiness) {

  /** What becomes of resources when this partition has no quorum. */
  enum QuorumPolicy {
    STOP,
    IGNORE,
    FREEZE,
    SUICIDE,
    DEMOTE
  }

  static ClusterOptions of(Cib cib, AttributeRules rules) {
    Reader reader = new Reader(cib, rules);
    boolean fencing = reader.truth("fencing-enabled", "stonith-enabled", true);
    boolean quorum = Values.truth(cib.attributes().get("have-quorum"), false);
    return new ClusterOptions(
        fencing,
        fencingAction(reader.text("fencing-action", "stonith-action")),
        reader.truth("startup-fencing", null, true),
        reader.truth("symmetric-cluster", null, true),
        reader.truth("stop-removed-resources", "stop-orphan-resources", true),
        reader.truth("cancel-removed-actions", "stop-orphan-actions", true),
        reader.truth("stop-all-resources", null, false),
        reader.truth("maintenance-mode", null, false),
        reader.truth("enable-startup-probes", null, true),
        reader.truth("start-failure-is-fatal", null, true),
        reader.truth("concurrent-fencing", null, true),
        reader.truth("have-watchdog", null, false),
        Values.milliseconds(reader.text("fencing-watchdog-timeout", "stonith-watchdog-timeout"), 0),
        Values.milliseconds(reader.text("node-pending-timeout", null), 0),
        quorum,
        quorumPolicy(reader.text("no-quorum-policy", null), fencing),
        reader.text("cluster-delay", "60s", null),
        reader.text("fencing-timeout", "60s", "stonith-timeout"),
        reader.text("batch-limit", "0", null),
        reader.text("default-resource-stickiness", null));
  }

  private static String fencingAction(@Nullable String configured) {
    if (configured == null || configured.equals("poweroff")) {
      return configured == null ? "reboot" : "off";
    }
    return configured;
  }

  private static QuorumPolicy quorumPolicy(@Nullable String configured, boolean fencing) {
    return switch (configured == null ? "stop" : configured.toLowerCase(Locale.ROOT)) {
      case "ignore" -> QuorumPolicy.IGNORE;
      case "freeze" -> QuorumPolicy.FREEZE;
      case "demote" -> QuorumPolicy.DEMOTE;
      case "suicide", "fence" -> fencing ? QuorumPolicy.SUICIDE : QuorumPolicy.STOP;
      default -> QuorumPolicy.STOP;
    };
  }

  /** Whether resources may be started: there is quorum, or it does not matter. */
  boolean quorate() {
    return haveQuorum || quorumPolicy == QuorumPolicy.IGNORE;
  }

  private record Reader(Cib cib, AttributeRules rules) {
    @Nullable String text(String name, @Nullable String oldName) {
      for (AttributeSet set : rules.ordered(cib.configuration().properties())) {
        String value = set.value(name);
        if (value == null && oldName != null) {
          value = set.value(oldName);
        }
        if (value != null) {
          return value;
        }
      }
      return null;
    }

    String text(String name, String otherwise, @Nullable String oldName) {
      String value = text(name, oldName);
      return value == null ? otherwise : value;
    }

    boolean truth(String name, @Nullable String oldName, boolean otherwise) {
      return Values.truth(text(name, oldName), otherwise);
    }
  }
}
