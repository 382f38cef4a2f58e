package org.ringward.core.policy.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Cib;
import org.ringward.core.cib.Element;

/** Everything known while one schedule is made. */
public final class Situation {
  /** The status is read from here. */
  public final Cib cib;

  /** The configuration element; constraints and resources are read from here. */
  public final Element configuration;

  /** Seconds since 1970. */
  public final long now;

  public final ClusterOptions options;

  /** What the summary shows in front of everything: warnings and errors of the configuration. */
  public final List<String> notes = new ArrayList<>();

  /** Sorted by name; more may come while resources are read. */
  public final List<PolicyNode> nodes = new ArrayList<>();

  /** Resources that stand in no other, the most important first. */
  public List<PolicyResource> resources = new ArrayList<>();

  /**
   * Every resource by its id; anonymous instances also under their configured id, the first wins.
   */
  public final Map<String, PolicyResource> resourcesById = new LinkedHashMap<>();

  public final Map<String, Ticket> tickets = new LinkedHashMap<>();

  /** Ids behind each configuration tag, and behind each template (those made from it). */
  public final Map<String, List<String>> tags = new LinkedHashMap<>();

  public final Map<String, List<String>> templates = new LinkedHashMap<>();

  public final List<ColocationRule> colocations = new ArrayList<>();
  public final List<PlannedAction> actions = new ArrayList<>();

  /** Failures that have expired, or that a change of configuration made pointless. */
  public final List<ExpiredFailure> expiredFailures = new ArrayList<>();

  public boolean hasFencingDevice;

  /** Whether anything wants nodes to be unfenced. */
  public boolean hasUnfencing;

  /** Lines of scores for people; null when nobody asked for them. */
  public @Nullable List<String> scoreLines;

  /** How many primitives there are, every instance by itself. */
  public int instanceCount;

  /** Whether resources keep what their scores are made of. */
  public boolean explaining;

  /** How many instances are disabled (target-role), and blocked after a failure. */
  public int disabledCount;

  public int blockedCount;

  private long recheckAt = Long.MAX_VALUE;

  /** A fail count to clear. */
  public record ExpiredFailure(PrimitiveResource resource, PolicyNode node, String reason) {}

  public Situation(Cib cib, Element configuration, long now, ClusterOptions options) {
    this.cib = cib;
    this.configuration = configuration;
    this.now = now;
    this.options = options;
  }

  public @Nullable PolicyNode nodeById(String id) {
    for (PolicyNode node : nodes) {
      if (node.id.equals(id)) {
        return node;
      }
    }
    return null;
  }

  /** Names of nodes count without regard to case. */
  public @Nullable PolicyNode nodeByName(String name) {
    for (PolicyNode node : nodes) {
      if (node.name.equalsIgnoreCase(name)) {
        return node;
      }
    }
    return null;
  }

  public @Nullable PolicyResource resource(String id) {
    return resourcesById.get(id);
  }

  /** All primitives in all resources. */
  public List<PrimitiveResource> primitives() {
    List<PrimitiveResource> all = new ArrayList<>();
    for (PolicyResource resource : resources) {
      all.addAll(resource.primitives());
    }
    return all;
  }

  /** Asks for another run at that time, seconds since 1970, at the latest. */
  public void recheckAt(long seconds) {
    if (seconds > now) {
      recheckAt = Math.min(recheckAt, seconds);
    }
  }

  public @Nullable Long recheckAt() {
    return recheckAt == Long.MAX_VALUE ? null : recheckAt;
  }

  /** A new action, also entered at its resource. */
  public PlannedAction create(
      @Nullable PolicyResource resource,
      String task,
      String key,
      long intervalMs,
      @Nullable PolicyNode node,
      boolean optional) {
    PlannedAction action =
        new PlannedAction(actions.size() + 1, resource, task, key, intervalMs, node, optional);
    actions.add(action);
    if (resource != null) {
      resource.actions.add(action);
    }
    return action;
  }
}
