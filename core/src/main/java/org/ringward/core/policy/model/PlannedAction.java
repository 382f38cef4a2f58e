package org.ringward.core.policy.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that may be done: optional actions stay out of the graph unless something requires
 * them, unrunnable ones stay out in any case.
 */
public final class PlannedAction {
  public final int id;
  public final @Nullable PolicyResource resource;

  /** A name of {@link Tasks}, or what the administrator called it. */
  public final String task;

  /** RESOURCE_TASK_INTERVAL for actions of resources. */
  public final String key;

  public final long intervalMs;

  /** Null for what happens nowhere in particular. */
  public @Nullable PolicyNode node;

  public boolean optional;
  public boolean runnable = true;
  public boolean pseudo;

  /** Stays in the graph even as a pseudo-action that nothing waits for. */
  public boolean always;

  /** Can be done as part of a live migration. */
  public boolean migratable;

  /** How many of the actions ordered by ONE_OR_MORE before this one must be runnable. */
  public int requiredBefore;

  /** How many of them are, found by the ordering engine. */
  public int runnableBefore;

  /** Whether it waits for any of several. */
  public boolean requiresAny;

  /** What it needs before it may be run; null for nothing. */
  public PrimitiveResource.@Nullable Requires needs;

  public OnFail onFail = OnFail.IGNORE;

  /** The role the resource has after a failure of this action. */
  public Role roleAfterFailure = Role.UNKNOWN;

  /** Attributes for the graph, names without CRM_meta_ and with dashes as they are. */
  public final Map<String, String> meta = new TreeMap<>();

  /** Agent parameters of this action alone (its own instance_attributes). */
  public final Map<String, String> parameters = new TreeMap<>();

  public int priority;

  /** Why it is required, or cannot be run, in a few words for people; the first one stays. */
  public @Nullable String reason;

  /** The action that made it required or unrunnable. */
  public @Nullable PlannedAction cause;

  /** Ids of nodes that are down when this is done. */
  public final List<String> downed = new ArrayList<>(0);

  public final List<Edge> before = new ArrayList<>(4);
  public final List<Edge> after = new ArrayList<>(4);

  /** One ordering: flags are those of the actions chapter. */
  public static final class Edge {
    public final PlannedAction first;
    public final PlannedAction then;
    public int flags;

    Edge(PlannedAction first, PlannedAction then, int flags) {
      this.first = first;
      this.then = then;
      this.flags = flags;
    }
  }

  public PlannedAction(
      int id,
      @Nullable PolicyResource resource,
      String task,
      String key,
      long intervalMs,
      @Nullable PolicyNode node,
      boolean optional) {
    this.id = id;
    this.resource = resource;
    this.task = task;
    this.key = key;
    this.intervalMs = intervalMs;
    this.node = node;
    this.optional = optional;
  }

  /** Puts this action behind the other one; flags of one pair add up. Returns the edge. */
  public Edge after(PlannedAction first, int flags) {
    for (Edge edge : before) {
      if (edge.first == first) {
        edge.flags |= flags;
        return edge;
      }
    }
    Edge edge = new Edge(first, this, flags);
    before.add(edge);
    first.after.add(edge);
    return edge;
  }

  public void require() {
    optional = false;
  }

  public void block() {
    runnable = false;
  }

  public void because(@Nullable String why) {
    if (reason == null) {
      reason = why;
    }
  }

  /** Whether it is to be done. */
  public boolean scheduled() {
    return !optional && runnable;
  }

  public boolean is(String other) {
    return task.equals(other);
  }

  public boolean isProbe() {
    return intervalMs == 0 && task.equals(Tasks.MONITOR);
  }

  @Override
  public String toString() {
    return key + "@" + node + (optional ? " optional" : "") + (runnable ? "" : " unrunnable");
  }
}
