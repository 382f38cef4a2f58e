package org.ringward.core.policy.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.NodeTable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/** Assigns resources of all kinds, each after what it depends on. */
final class Assigning {
  final Situation situation;
  final Facts facts;
  final NodeRanking ranking;
  final DependentWishes wishes;
  final PrimaryEffects effects;
  private final PrimitivePlacement primitives;
  private final ClonePlacement clones;
  private final BundlePlacement bundles;

  Assigning(Facts facts) {
    this.facts = facts;
    this.situation = facts.situation();
    this.ranking = new NodeRanking(situation);
    this.wishes = new DependentWishes(situation);
    this.effects = new PrimaryEffects(situation, ranking, this);
    this.primitives = new PrimitivePlacement(this);
    this.clones = new ClonePlacement(this);
    this.bundles = new BundlePlacement(this);
  }

  /**
   * Assigns a resource, unless that has been done.
   *
   * @param wish a node that wins among equals
   * @param stopOtherwise whether the resource is stopped when there is no place for it
   */
  @Nullable PolicyNode assign(
      PolicyResource resource, @Nullable PolicyNode wish, boolean stopOtherwise) {
    return switch (resource) {
      case PrimitiveResource primitive -> primitives.assign(primitive, wish, stopOtherwise);
      case GroupResource group -> assignGroup(group, wish, stopOtherwise);
      case CloneResource clone -> {
        clones.assign(clone);
        yield null;
      }
      case BundleResource bundle -> {
        bundles.assign(bundle, wish, stopOtherwise);
        yield null;
      }
    };
  }

  private @Nullable PolicyNode assignGroup(
      GroupResource group, @Nullable PolicyNode wish, boolean stopOtherwise) {
    if (group.assignmentDone || group.assigning || group.members.isEmpty()) {
      group.assignmentDone |= group.members.isEmpty();
      return group.assignmentDone ? Outcome.node(group) : null;
    }
    group.assigning = true;
    group.role = group.members.getFirst().role;
    showScores("group", group);
    PolicyNode first = null;
    for (PrimitiveResource member : group.members) {
      PolicyNode node = assign(member, wish, stopOtherwise);
      first = first == null ? node : first;
    }
    group.nextRole = group.members.getFirst().nextRole;
    group.assigning = false;
    group.assignmentDone = true;
    return group.collocated ? first : null;
  }

  /**
   * Assigns a resource, and all that is inside it, to a node without weighing anything.
   *
   * @param force whatever the state and the score of the node
   */
  void settle(
      PolicyResource resource, @Nullable PolicyNode node, boolean force, boolean stopOtherwise) {
    if (!(resource instanceof PrimitiveResource primitive)) {
      for (PolicyResource member : resource.members()) {
        settle(member, node, force, stopOtherwise);
      }
      resource.assignmentDone = true;
      return;
    }
    PolicyNode chosen = node;
    if (!force && chosen != null && !acceptable(primitive, chosen)) {
      if (stopOtherwise) {
        demand(primitive, Role.STOPPED, "node availability");
      }
      chosen = null;
    }
    release(primitive);
    primitive.assignmentDone = true;
    if (chosen == null) {
      if (stopOtherwise) {
        demand(primitive, Role.STOPPED, "unable to assign");
      }
      return;
    }
    primitive.assigned = chosen;
    chosen.assigned++;
    Capacity.take(chosen, primitive);
  }

  private static boolean acceptable(PrimitiveResource resource, PolicyNode node) {
    if (resource.allowed.contains(node) && resource.allowed.score(node) < 0) {
      return false;
    }
    // The connection to a guest node comes up with what runs it.
    return NodeTables.usable(node) || node.isGuest();
  }

  static void demand(PolicyResource resource, Role role, String reason) {
    if (resource.nextRole != role) {
      resource.nextRole = role;
      resource.nextRoleReason = reason;
    }
  }

  /** Takes an assignment back, for the resource and all that is inside it. */
  void release(PolicyResource resource) {
    for (PolicyResource member : resource.members()) {
      release(member);
    }
    PolicyNode node = resource.assigned;
    resource.assignmentDone = false;
    resource.assigned = null;
    if (node != null && resource instanceof PrimitiveResource primitive) {
      node.assigned--;
      Capacity.giveBack(node, primitive);
    }
  }

  /** Writes the scores of a resource, and of all that is inside it, for people. */
  void showScores(String step, PolicyResource resource) {
    List<String> lines = situation.scoreLines;
    if (lines == null || resource.removed) {
      return;
    }
    NodeTable table = resource.allowed;
    for (PolicyNode node : situation.nodes) {
      if (table.contains(node)) {
        lines.add(
            "pcmk__"
                + step
                + "_assign: "
                + resource.id
                + " allocation score on "
                + node.name
                + ": "
                + Scores.text(table.score(node)));
      }
    }
    for (PolicyResource member : resource.members()) {
      showScores(step, member);
    }
  }
}
