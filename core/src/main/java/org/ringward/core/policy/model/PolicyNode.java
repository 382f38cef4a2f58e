package org.ringward.core.policy.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of one node, of any kind, while one schedule is made. */
public final class PolicyNode {
  /** What a node is to the cluster. */
  public enum Kind {
    /** A full member of the ring. */
    MEMBER,
    /** Reached by a connection resource (ocf:pacemaker:remote). */
    REMOTE,
    /** Inside a resource of the cluster: a virtual machine or a bundle's container. */
    GUEST
  }

  /** Place in {@link Situation#nodes}, also the index into a {@link NodeTable}. */
  public final int index;

  public final String id;
  public final String name;
  public final Kind kind;

  /**
   * Permanent attributes, overlaid by transient ones, and the built-in ones (#uname, #id, #kind,
   * #is_dc, #cluster-name, #site-name).
   */
  public final Map<String, String> attributes = new TreeMap<>();

  /** Permanent attributes alone, and transient ones alone: some rules ask for one of the two. */
  public final Map<String, String> permanent = new TreeMap<>();

  public final Map<String, String> transients = new TreeMap<>();

  /** What is left of each capacity; assignment takes from it. */
  public final Map<String, Integer> capacity = new TreeMap<>();

  /** The score every resource begins with (score of the node element). */
  public int baseScore;

  public boolean online;
  public boolean pending;
  public boolean unclean;

  /** Standby as wanted by a person. */
  public boolean standby;

  /** Standby because a resource failed there. */
  public boolean standbyAfterFailure;

  public boolean maintenance;
  public boolean shutdown;

  /** Configured, but no state of it has been seen. */
  public boolean unseen;

  public boolean coordinator;

  /** Expected to be a member. */
  public boolean expectedUp;

  /** False where nothing must be probed (resource-discovery-enabled of a remote node). */
  public boolean probed = true;

  /** A remote node whose connection failed in a way that only a reset cures. */
  public boolean resetNeeded;

  /** Maintenance of a remote node was handed to it already (remote_maintenance). */
  public boolean remoteMaintenance;

  /** The node was fenced already for what makes it unclean (node_fenced). */
  public boolean fenced;

  /** Why it must be fenced; null when it need not be. */
  public @Nullable String uncleanReason;

  /** Whether on loss of quorum it must be fenced or only its resources stopped is asked here. */
  public int priority;

  /** The connection resource of a remote or guest node, null for members. */
  public @Nullable PrimitiveResource connection;

  /** Resources active here, as read from the history. */
  public final List<PrimitiveResource> running = new ArrayList<>();

  /** How many primitives this schedule assigned here. */
  public int assigned;

  /** The fencing of this node, when it is planned. */
  public @Nullable PlannedAction fencing;

  public PolicyNode(int index, String id, String name, Kind kind) {
    this.index = index;
    this.id = id;
    this.name = name;
    this.kind = kind;
  }

  public boolean isRemote() {
    return kind == Kind.REMOTE;
  }

  public boolean isGuest() {
    return kind == Kind.GUEST;
  }

  /** Remote or guest. */
  public boolean isRemoteOrGuest() {
    return kind != Kind.MEMBER;
  }

  /** The primitive that a guest node lives in, null for other nodes. */
  public @Nullable PrimitiveResource container() {
    return kind == Kind.GUEST && connection != null ? connection.container : null;
  }

  public String attribute(String attribute, String otherwise) {
    return attributes.getOrDefault(attribute, otherwise);
  }

  /** Marks the node as one whose resources are safe only after fencing; the first reason stays. */
  public void markUnclean(String reason) {
    unclean = true;
    if (uncleanReason == null) {
      uncleanReason = reason;
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
