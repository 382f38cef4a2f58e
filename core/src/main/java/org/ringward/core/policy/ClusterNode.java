package org.ringward.core.policy;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one node while one schedule is made. */
final class ClusterNode {
  /** Place in the list of nodes, which is sorted by name. */
  final int index;

  final String id;
  final String name;

  /** Permanent and transient attributes, and the built-in ones that begin with #. */
  final Map<String, String> attributes = new TreeMap<>();

  boolean online;
  boolean pending;
  boolean unclean;
  boolean standby;
  boolean standbyAfterFailure;
  boolean maintenance;
  boolean shutdown;

  /** A member that is configured, but no state of it has ever been seen. */
  boolean unseen;

  boolean coordinator;

  /** Why it must be fenced; null when it need not be. */
  @Nullable String uncleanReason;

  /** How many resources this schedule assigned here. */
  int assigned;

  /** The fencing of this node, when it is planned. */
  @Nullable PlannedAction fencing;

  ClusterNode(int index, String id, String name) {
    this.index = index;
    this.id = id;
    this.name = name;
  }

  /** Whether resources may run here. */
  boolean available() {
    return online
        && !shutdown
        && !unclean
        && !standby
        && !standbyAfterFailure
        && !maintenance
        && !pending;
  }

  /** Marks the node as one whose resources are safe only after fencing; the first reason stays. */
  void markUnclean(String reason) {
    if (!unclean) {
      unclean = true;
      uncleanReason = reason;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
