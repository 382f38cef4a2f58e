package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that may be done: optional actions stay out of the graph unless something requires
 * them, unrunnable ones stay out in any case.
 */
final class PlannedAction {
  /** The names of actions as they stand in graphs. */
  static final String START = "start";

  static final String STOP = "stop";
  static final String MONITOR = "monitor";
  static final String RUNNING = "running";
  static final String STOPPED = "stopped";
  static final String DELETE = "delete";
  static final String CANCEL = "cancel";
  static final String RELOAD = "reload-agent";
  static final String CLEAR_FAIL_COUNT = "clear_failcount";
  static final String FENCE = "stonith";
  static final String SHUTDOWN = "do_shutdown";

  final int id;
  final @Nullable PolicyResource resource;
  final String task;
  final String key;
  final long intervalMs;
  final @Nullable ClusterNode node;

  boolean optional;
  boolean runnable = true;
  boolean pseudo;

  /** Why it cannot be run; null when it can, or when that follows from another action. */
  @Nullable String blockedReason;

  /** Why it is required, in a few words for people. */
  @Nullable String reason;

  /** The action that made this one required or unrunnable, for explanations. */
  @Nullable PlannedAction cause;

  /** The configured operation that it runs; null when none is configured. */
  @Nullable OperationSettings settings;

  /** The result it must give; -1 when anything but failure will do. */
  int expectedExitCode = -1;

  /** Role that a recurring action checks for, when that is not the started one. */
  @Nullable String role;

  /** The call to cancel. */
  long cancelledCallId = -1;

  /** The task of what is cancelled. */
  @Nullable String cancelledTask;

  /** What to do to the node. */
  @Nullable String fencingAction;

  final List<Edge> before = new ArrayList<>(4);
  final List<Edge> after = new ArrayList<>(4);

  boolean queued;

  /** One ordering of this action against another. */
  record Edge(PlannedAction first, PlannedAction then, int flags) {}

  PlannedAction(
      int id,
      @Nullable PolicyResource resource,
      String task,
      String key,
      long intervalMs,
      @Nullable ClusterNode node,
      boolean optional) {
    this.id = id;
    this.resource = resource;
    this.task = task;
    this.key = key;
    this.intervalMs = intervalMs;
    this.node = node;
    this.optional = optional;
  }

  /** Puts this action behind the other one. */
  void after(PlannedAction first, int flags) {
    if (first == this) {
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      Edge edge = before.get(i);
      if (edge.first == first) {
        if ((edge.flags & flags) == flags) {
          return;
        }
        Edge merged = new Edge(first, this, edge.flags | flags);
        before.set(i, merged);
        first.after.set(first.after.indexOf(edge), merged);
        return;
      }
    }
    Edge edge = new Edge(first, this, flags);
    before.add(edge);
    first.after.add(edge);
  }

  void require(@Nullable String why) {
    if (optional) {
      optional = false;
      reason = why;
    }
  }

  void block(String why) {
    if (runnable) {
      runnable = false;
      blockedReason = why;
    }
  }

  /** Whether it goes into the graph. */
  boolean scheduled() {
    return !optional && runnable;
  }

  boolean is(String other) {
    return task.equals(other);
  }

  boolean isProbe() {
    return intervalMs == 0 && task.equals(MONITOR);
  }

  @Override
  public String toString() {
    return key + "@" + node + (optional ? " optional" : "") + (runnable ? "" : " unrunnable");
  }
}
