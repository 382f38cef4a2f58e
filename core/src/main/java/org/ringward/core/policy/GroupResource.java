package org.ringward.core.policy;

import java.util.ArrayList;
import java.util.List;
import org.ringward.core.cib.Group;

/**
 * Primitives that run on one node and start one after the other. Its actions are pseudo-actions
 * that stand around those of the members: start and running, stop and stopped.
 */
final class GroupResource extends PolicyResource {
  final Group configured;
  final List<PrimitiveResource> members = new ArrayList<>();
  boolean ordered = true;
  boolean collocated = true;

  GroupResource(Situation situation, Group configured) {
    super(situation, configured.id(), null);
    this.configured = configured;
  }

  /** Reads what only groups know, and binds the members to each other. */
  void takeRolesFromMeta() {
    ordered = Values.truth(meta.get("ordered"), true);
    collocated = Values.truth(meta.get("collocated"), true);
    if (collocated) {
      for (int i = 1; i < members.size(); i++) {
        ColocationConstraints.add(
            new ColocationRule(
                id, members.get(i), members.get(i - 1), Scores.INFINITY, "#uname", false));
      }
    }
  }

  /** The member that stands for the group when another resource is placed with it. */
  PrimitiveResource speaker(int score) {
    return score >= Scores.INFINITY ? members.getLast() : members.getFirst();
  }

  @Override
  List<PrimitiveResource> primitives() {
    return members;
  }

  @Override
  void applyLocation(ClusterNode node, int score, String source) {
    addScore(node, score, source);
    boolean first = true;
    for (PrimitiveResource member : members) {
      // Members are bound to each other, so a liking counts once; a ban holds for each.
      if (first || !collocated || score <= -Scores.INFINITY) {
        member.addScore(node, score, source);
      } else {
        member.addScore(node, 0, source);
      }
      first = false;
    }
  }

  @Override
  void assign() {
    if (assignmentDone || assigning) {
      return;
    }
    assigning = true;
    for (PrimitiveResource member : members) {
      Assignment.assign(member);
    }
    assigning = false;
    assignmentDone = true;
    assigned = members.getFirst().assigned;
  }

  @Override
  void createActions() {
    for (PrimitiveResource member : members) {
      member.createActions();
    }
    GroupActions.create(this);
  }

  @Override
  void orderInside() {
    GroupActions.order(this);
  }

  @Override
  List<PlannedAction> actionsOf(String task) {
    PlannedAction action = find(task, null);
    return action == null ? List.of() : List.of(action);
  }

  @Override
  String completed(String task) {
    return switch (task) {
      case PlannedAction.START -> PlannedAction.RUNNING;
      case PlannedAction.STOP -> PlannedAction.STOPPED;
      default -> task;
    };
  }

  @Override
  boolean active() {
    for (PrimitiveResource member : members) {
      if (member.active()) {
        return true;
      }
    }
    return false;
  }
}
