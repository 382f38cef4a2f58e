package org.ringward.core.policy.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;

/** A resource of any kind while one schedule is made. Configuration and state, no policy. */
public abstract sealed class PolicyResource permits PrimitiveResource, CollectiveResource {
  /** As in graphs: with the number of the instance (web:0) inside a clone. */
  public final String id;

  /** As configured, and as histories of anonymous clones name it: without the number. */
  public final String configuredId;

  /** The element as it takes effect: templates are filled in, references resolved. */
  public final Element element;

  public final @Nullable CollectiveResource parent;

  /** Meta attributes in effect that do not depend on a node. */
  public Map<String, String> meta = new LinkedHashMap<>();

  public int priority;
  public int stickiness;
  public boolean managed = true;
  public boolean maintenance;

  /** Whether it may move what it is colocated with (critical; default of influence). */
  public boolean critical = true;

  /** Failed beyond what may be done about it: left alone until a person cleans up. */
  public boolean blocked;

  /** No longer configured; known from the history only. */
  public boolean removed;

  /** Some instance failed where it is active. */
  public boolean failed;

  /** The role now. */
  public Role role = Role.STOPPED;

  /** What target-role names, UNKNOWN when it is not set. */
  public Role targetRole = Role.UNKNOWN;

  /** The role that is demanded (target-role, failures), then the role that was decided. */
  public Role nextRole = Role.UNKNOWN;

  /** Why nextRole is what it is, for people; null when nothing special. */
  public @Nullable String nextRoleReason;

  /** Where it is, or may be, active. For collectives the union of their members. */
  public final List<PolicyNode> runningOn = new ArrayList<>();

  /**
   * The nodes that it may run on as far as their kind goes: not those inside of bundles (unless
   * they are configured as nodes), nor those behind removed connections.
   */
  public List<PolicyNode> candidates = List.of();

  /** Nodes where it is allowed, with the scores. */
  public final NodeTable allowed;

  /** What location constraints say about probing each node. */
  public final Map<PolicyNode, Discovery> discovery = new LinkedHashMap<>();

  /** Some location constraint wants it probed, and run, on its nodes only. */
  public boolean exclusiveDiscovery;

  /** Location preferences with a role, and all others, in the order of the constraints. */
  public final List<LocationPreference> locations = new ArrayList<>();

  /** Colocations in which this is the dependent. */
  public final List<ColocationRule> withOthers = new ArrayList<>();

  /** Colocations in which this is the primary. */
  public final List<ColocationRule> othersWith = new ArrayList<>();

  public final List<TicketRule> tickets = new ArrayList<>();

  /** All actions of this very resource, the oldest first. */
  public final List<PlannedAction> actions = new ArrayList<>();

  /** What its scores are made of; empty unless the situation is to be explained. */
  public final List<ScoreContribution> contributions = new ArrayList<>(0);

  /** Set while its wishes are being collected, to notice circles. */
  public boolean collecting;

  /** Set when the assignment is over. */
  public boolean assignmentDone;

  /** Set while it is being assigned, to notice circles. */
  public boolean assigning;

  /** Where it goes; null for nowhere and for collectives. */
  public @Nullable PolicyNode assigned;

  /** Whether a node is probed for a resource (resource-discovery). */
  public enum Discovery {
    ALWAYS,
    NEVER,
    EXCLUSIVE
  }

  protected PolicyResource(
      String id,
      String configuredId,
      Element element,
      @Nullable CollectiveResource parent,
      int nodeCount) {
    this.id = id;
    this.configuredId = configuredId;
    this.element = element;
    this.parent = parent;
    this.allowed = new NodeTable(nodeCount);
  }

  /** Direct members: members of a group, instances of a clone, parts of a bundle's replicas. */
  public abstract List<? extends PolicyResource> members();

  /** All primitives in it, itself when it is one. */
  public final List<PrimitiveResource> primitives() {
    if (this instanceof PrimitiveResource primitive) {
      return List.of(primitive);
    }
    List<PrimitiveResource> all = new ArrayList<>();
    for (PolicyResource member : members()) {
      all.addAll(member.primitives());
    }
    return all;
  }

  /** The outermost resource it belongs to, itself when it stands alone. */
  public final PolicyResource top() {
    PolicyResource top = this;
    while (top.parent != null) {
      top = top.parent;
    }
    return top;
  }

  /** The clone it is in, at any depth, null when it is in none. */
  public final @Nullable CloneResource cloneAround() {
    for (PolicyResource each = this; each != null; each = each.parent) {
      if (each instanceof CloneResource clone) {
        return clone;
      }
    }
    return null;
  }

  /** The bundle it is in, at any depth, null when it is in none. */
  public final @Nullable BundleResource bundleAround() {
    for (PolicyResource each = this; each != null; each = each.parent) {
      if (each instanceof BundleResource bundle) {
        return bundle;
      }
    }
    return null;
  }

  /** Whether an instance number is part of what it is: globally-unique, and all outside clones. */
  public final boolean unique() {
    CloneResource clone = cloneAround();
    return clone == null || clone.globallyUnique;
  }

  /** Whether the resource, or the clone around it, can be promoted. */
  public final boolean promotable() {
    CloneResource clone = cloneAround();
    return clone != null && clone.promotable;
  }

  public @Nullable PolicyNode currentNode() {
    return runningOn.isEmpty() ? null : runningOn.getFirst();
  }

  /** A meta attribute in effect, null when it is not set. */
  public final @Nullable String meta(String name) {
    return meta.get(name);
  }

  /** Whether this is the other one or inside it. */
  public final boolean isInside(PolicyResource other) {
    for (PolicyResource each = this; each != null; each = each.parent) {
      if (each == other) {
        return true;
      }
    }
    return false;
  }

  /** The action of this very resource with that key and node; a null node means any. */
  public final @Nullable PlannedAction find(String key, @Nullable PolicyNode node) {
    for (PlannedAction action : actions) {
      if (action.key.equals(key) && (node == null || action.node == node)) {
        return action;
      }
    }
    return null;
  }

  /** ID_TASK_INTERVAL, the key of an action. */
  public final String key(String task, long intervalMs) {
    return id + "_" + task + "_" + intervalMs;
  }

  @Override
  public String toString() {
    return id;
  }
}
