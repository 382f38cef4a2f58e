package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A resource while one schedule is made. The kinds of resources answer the same questions, each in
 * its way: how a location counts, where it goes, what must be done, what its actions look like to
 * others.
 */
abstract sealed class PolicyResource permits PrimitiveResource, GroupResource {
  final Situation situation;
  final String id;
  final @Nullable GroupResource parent;

  /** Meta attributes in effect: own ones, those of the group, defaults. */
  Map<String, String> meta = new LinkedHashMap<>();

  int priority;
  int stickiness;
  int migrationThreshold = Scores.INFINITY;
  long failureTimeoutMs;
  boolean managed = true;
  boolean maintenance;

  /** What is demanded by target-role, or follows from a failure. */
  Role nextRole = Role.UNKNOWN;

  /** Why nextRole is STOPPED. */
  @Nullable String stoppedBecause;

  Role role = Role.UNKNOWN;

  /** Score of each node by its index; nodes that are not allowed count as minus INFINITY. */
  final int[] scores;

  final boolean[] allowed;
  final List<Contribution> contributions = new ArrayList<>();

  final List<ColocationRule> withOthers = new ArrayList<>();
  final List<ColocationRule> othersWith = new ArrayList<>();
  final List<PlannedAction> actions = new ArrayList<>();

  boolean assignmentDone;
  boolean assigning;
  @Nullable ClusterNode assigned;

  /** Part of a score and where it comes from; a null node stands for all nodes. */
  record Contribution(int nodeIndex, int score, String source) {}

  PolicyResource(Situation situation, String id, @Nullable GroupResource parent) {
    this.situation = situation;
    this.id = id;
    this.parent = parent;
    this.scores = new int[situation.nodes.size()];
    this.allowed = new boolean[scores.length];
    Arrays.fill(allowed, situation.options.symmetricCluster());
  }

  /** The primitives in it, itself when it is one. */
  abstract List<PrimitiveResource> primitives();

  /** The outermost resource it belongs to. */
  PolicyResource top() {
    return parent == null ? this : parent;
  }

  /** Adds a preference for one node. */
  abstract void applyLocation(ClusterNode node, int score, String source);

  /** Chooses a node, after everything this resource depends on; does nothing the second time. */
  abstract void assign();

  /** Creates the actions that lead from the present to the assignment. */
  abstract void createActions();

  /** Creates the orderings that hold within this resource. */
  abstract void orderInside();

  /** The actions of one task, in the form in which others are ordered against them. */
  abstract List<PlannedAction> actionsOf(String task);

  /** The task that marks that the named one is complete. */
  abstract String completed(String task);

  /** Whether it is active anywhere. */
  abstract boolean active();

  /** Takes note of the preference for a node without asking for rules. */
  final void addScore(ClusterNode node, int score, String source) {
    int index = node.index;
    if (allowed[index]) {
      scores[index] = Scores.add(scores[index], score);
    } else {
      allowed[index] = true;
      scores[index] = score;
    }
    contributions.add(new Contribution(index, score, source));
  }

  final void banEverywhere(String source) {
    for (ClusterNode node : situation.nodes) {
      addScore(node, -Scores.INFINITY, source);
    }
  }

  final int score(ClusterNode node) {
    return allowed[node.index] ? scores[node.index] : -Scores.INFINITY;
  }

  final @Nullable PlannedAction find(String task, @Nullable ClusterNode node) {
    for (PlannedAction action : actions) {
      if (action.node == node && action.intervalMs == 0 && action.task.equals(task)) {
        return action;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return id;
  }
}
