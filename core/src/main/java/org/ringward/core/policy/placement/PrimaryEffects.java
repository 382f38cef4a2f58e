package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.NodeTable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/**
 * What follows for a dependent when its primary has been placed: where it may go, or, when it has
 * been placed itself, how much it deserves to be promoted.
 */
final class PrimaryEffects {
  /** What a colocation is about at this time. */
  enum About {
    NOTHING,
    PLACE,
    PROMOTION
  }

  private final Situation situation;
  private final NodeRanking ranking;
  private final Assigning assigning;

  PrimaryEffects(Situation situation, NodeRanking ranking, Assigning assigning) {
    this.situation = situation;
    this.ranking = ranking;
    this.assigning = assigning;
  }

  /** Applies a rule to the dependent, or to an instance or member that stands for it. */
  void apply(PolicyResource dependent, ColocationRule rule) {
    if (dependent instanceof GroupResource group && !aboutPromotion(group, rule)) {
      if (group.collocated) {
        apply(group.members.getFirst(), rule);
      } else if (rule.score() < Scores.INFINITY) {
        group.members.forEach(member -> apply(member, rule));
      }
      return;
    }
    NodeTable before = situation.explaining ? dependent.allowed.copy() : dependent.allowed;
    fromPrimary(dependent, rule.primary(), rule);
    if (situation.explaining) {
      NodeTables.noteChanges(situation, dependent, before, rule.sourceForDependent());
    }
  }

  private void fromPrimary(PolicyResource dependent, PolicyResource primary, ColocationRule rule) {
    switch (primary) {
      case PrimitiveResource primitive -> fromPrimitive(dependent, primitive, rule);
      case GroupResource group -> fromGroup(dependent, group, rule);
      case CloneResource clone -> fromClone(dependent, clone, rule);
      case BundleResource bundle -> fromBundle(dependent, bundle, rule);
    }
  }

  private void fromPrimitive(
      PolicyResource dependent, PrimitiveResource primary, ColocationRule rule) {
    switch (about(dependent, primary, rule, false)) {
      case PLACE -> place(dependent, primary, rule);
      case PROMOTION -> promotion(dependent, primary, rule);
      case NOTHING -> {}
    }
  }

  /** What the rule changes: the place while the dependent has none, then its promotion. */
  static About about(
      PolicyResource dependent, PolicyResource primary, ColocationRule rule, boolean preview) {
    if (!preview && !primary.assignmentDone) {
      return About.NOTHING;
    }
    PolicyResource actor = roleBearer(dependent);
    if (aboutPromotion(actor, rule)) {
      return About.PROMOTION;
    }
    if (!preview && dependent.assignmentDone) {
      return About.NOTHING;
    }
    if (rule.dependentRole() != Role.UNKNOWN && actor.nextRole != rule.dependentRole()) {
      return About.NOTHING;
    }
    if (rule.primaryRole() != Role.UNKNOWN && roleBearer(primary).nextRole != rule.primaryRole()) {
      return About.NOTHING;
    }
    return About.PLACE;
  }

  private static boolean aboutPromotion(PolicyResource dependent, ColocationRule rule) {
    return rule.dependentRole().atLeast(Role.UNPROMOTED)
        && dependent.assignmentDone
        && dependent.parent instanceof CloneResource clone
        && clone.promotable;
  }

  /** A container has no role; what runs in it has. */
  private static PolicyResource roleBearer(PolicyResource resource) {
    if (resource.parent instanceof BundleResource bundle) {
      for (BundleResource.Replica replica : bundle.replicas) {
        if (replica.container() == resource && replica.child() != null) {
          return replica.child();
        }
      }
    }
    return resource;
  }

  private void place(PolicyResource dependent, PrimitiveResource primary, ColocationRule rule) {
    PolicyNode placed = primary.assigned;
    if (placed == null && rule.score() < 0) {
      return;
    }
    String name = rule.nodeAttribute();
    String wanted = placed == null ? null : NodeTables.place(placed, name, primary);
    NodeTable work = dependent.allowed.copy();
    for (PolicyNode node : situation.nodes) {
      if (!work.contains(node)) {
        continue;
      }
      if (placed == null) {
        work.put(node, Scores.add(-rule.score(), work.score(node)));
      } else if (NodeTables.sameValue(NodeTables.place(node, name, dependent), wanted)) {
        // What must be is no wish: it only rules out all other nodes.
        if (rule.score() < Scores.INFINITY) {
          work.put(node, Scores.add(rule.score(), work.score(node)));
        }
      } else if (rule.score() >= Scores.INFINITY) {
        work.put(node, -Scores.INFINITY);
      }
    }
    if (rule.mandatory() || NodeTables.anyUsable(situation, work)) {
      dependent.allowed.set(work);
    }
  }

  private static void promotion(
      PolicyResource dependent, PrimitiveResource primary, ColocationRule rule) {
    PolicyNode own = Outcome.node(dependent);
    if (own == null) {
      return;
    }
    if (primary.assigned == null) {
      if (rule.score() >= Scores.INFINITY && rule.dependentRole() == Role.PROMOTED) {
        dependent.priority = -Scores.INFINITY;
      }
      return;
    }
    String name = rule.nodeAttribute();
    boolean same =
        NodeTables.sameValue(
            NodeTables.place(own, name, dependent),
            NodeTables.place(primary.assigned, name, primary));
    if (!same) {
      if (rule.score() >= Scores.INFINITY && rule.dependentRole() == Role.PROMOTED) {
        dependent.priority = -Scores.INFINITY;
      }
      return;
    }
    if (rule.primaryRole() != Role.UNKNOWN && rule.primaryRole() != roleBearer(primary).nextRole) {
      return;
    }
    int change = rule.dependentRole() == Role.UNPROMOTED ? -rule.score() : rule.score();
    dependent.priority = Scores.add(change, dependent.priority);
  }

  private void fromGroup(PolicyResource dependent, GroupResource primary, ColocationRule rule) {
    if (!primary.assignmentDone || primary.members.isEmpty()) {
      return;
    }
    if (primary.collocated) {
      // What must be with a group needs all of it, so the last member decides.
      PrimitiveResource member =
          rule.score() >= Scores.INFINITY ? primary.members.getLast() : primary.members.getFirst();
      fromPrimary(dependent, member, rule);
    } else if (rule.score() < Scores.INFINITY) {
      for (PrimitiveResource member : primary.members) {
        fromPrimary(dependent, member, rule);
      }
    }
  }

  private void fromClone(PolicyResource dependent, CloneResource primary, ColocationRule rule) {
    if (!primary.assignmentDone) {
      return;
    }
    if (primary.promotable && rule.primaryRole() != Role.UNKNOWN) {
      if (!dependent.assignmentDone) {
        placeWithRole(dependent, primary, rule);
        return;
      }
      if (rule.dependentRole() == Role.PROMOTED) {
        promotionWithRole(dependent, primary, rule);
        return;
      }
    }
    if (interleaves(rule, primary)) {
      fromCompatible(dependent, primary, rule);
    } else if (rule.score() >= Scores.INFINITY) {
      List<PrimitiveResource> places = new ArrayList<>();
      for (PolicyResource instance : primary.instances) {
        PolicyNode node = Outcome.node(instance);
        PrimitiveResource part = node == null ? null : Outcome.placedPart(instance);
        if (part != null && !Outcome.blocked(instance)) {
          places.add(part);
        }
      }
      restrict(dependent, primary, rule, places, false);
    } else {
      for (PolicyResource instance : primary.instances) {
        fromPrimary(dependent, instance, rule);
      }
    }
  }

  private static boolean interleaves(ColocationRule rule, PolicyResource primary) {
    return switch (rule.dependent()) {
      case CloneResource clone ->
          clone.interleave && clone.cloneNodeMax == Outcome.maxPerNode(primary);
      case BundleResource bundle ->
          "true".equals(bundle.meta("interleave"))
              && bundle.replicasPerHost == Outcome.maxPerNode(primary);
      default -> false;
    };
  }

  /** An instance goes with the instance of the primary that fits. */
  private void fromCompatible(
      PolicyResource dependent, PolicyResource primary, ColocationRule rule) {
    PolicyResource instance = compatible(dependent, primary, Role.UNKNOWN);
    if (instance != null) {
      fromPrimary(dependent, instance, rule);
    } else if (rule.score() >= Scores.INFINITY) {
      assigning.settle(dependent, null, true, true);
    }
  }

  /** The instance on the node of the other resource, or on one where the other may go. */
  @Nullable PolicyResource compatible(PolicyResource other, PolicyResource collective, Role role) {
    PolicyNode here = Outcome.node(other);
    if (here != null) {
      return instanceOn(collective, NodeTables.host(here, other), role);
    }
    for (PolicyNode node : ranking.sorted(other.allowed, null)) {
      PolicyResource instance = instanceOn(collective, node, role);
      if (instance != null) {
        return instance;
      }
    }
    return null;
  }

  private static @Nullable PolicyResource instanceOn(
      PolicyResource collective, PolicyNode node, Role role) {
    for (PolicyResource instance : Outcome.instances(collective)) {
      if (Outcome.node(instance) == node
          && !Outcome.blocked(instance)
          && (role == Role.UNKNOWN || role == Outcome.nextRole(instance))) {
        return instance;
      }
    }
    return null;
  }

  /** Leaves only nodes that count as the same as one of the places. */
  private void restrict(
      PolicyResource dependent,
      PolicyResource primary,
      ColocationRule rule,
      List<PrimitiveResource> places,
      boolean addScores) {
    String name = rule.nodeAttribute();
    for (PolicyNode node : situation.nodes) {
      if (!dependent.allowed.contains(node)) {
        continue;
      }
      String value = NodeTables.place(node, name, dependent);
      PrimitiveResource match = null;
      for (PrimitiveResource place : places) {
        PolicyNode assigned = place.assigned;
        if (assigned != null
            && NodeTables.sameValue(value, NodeTables.place(assigned, name, primary))) {
          match = place;
          break;
        }
      }
      if (match == null || match.assigned == null) {
        dependent.allowed.put(node, -Scores.INFINITY);
      } else if (addScores) {
        // What is left alone where it is has not been weighed.
        dependent.allowed.add(node, match.managed ? match.allowed.score(match.assigned) : 0);
      }
    }
  }

  private void placeWithRole(PolicyResource dependent, CloneResource primary, ColocationRule rule) {
    List<PrimitiveResource> places = new ArrayList<>();
    for (PolicyResource instance : primary.instances) {
      PolicyNode node = Outcome.node(instance);
      PrimitiveResource part = Outcome.placedPart(instance);
      if (node != null && part != null && Outcome.nextRole(instance) == rule.primaryRole()) {
        if (rule.score() < Scores.INFINITY) {
          addWhereSame(dependent, primary, node, rule);
        }
        places.addFirst(part);
      }
    }
    boolean promotedWithPromoted =
        rule.dependentRole() == Role.PROMOTED && rule.primaryRole() == Role.PROMOTED;
    if (rule.score() >= Scores.INFINITY && !promotedWithPromoted) {
      restrict(dependent, primary, rule, places, true);
    }
  }

  private void addWhereSame(
      PolicyResource dependent, PolicyResource primary, PolicyNode place, ColocationRule rule) {
    String name = rule.nodeAttribute();
    String wanted = NodeTables.place(place, name, primary);
    for (PolicyNode node : situation.nodes) {
      if (dependent.allowed.contains(node)
          && NodeTables.sameValue(wanted, NodeTables.place(node, name, dependent))) {
        dependent.allowed.add(node, rule.score());
      }
    }
  }

  private static void promotionWithRole(
      PolicyResource dependent, CloneResource primary, ColocationRule rule) {
    PolicyNode own = Outcome.node(dependent);
    String name = rule.nodeAttribute();
    String wanted = own == null ? null : NodeTables.place(own, name, dependent);
    for (PolicyResource instance : primary.instances) {
      PolicyNode node = Outcome.node(instance);
      if (own != null
          && node != null
          && Outcome.nextRole(instance) == rule.primaryRole()
          && NodeTables.sameValue(wanted, NodeTables.place(node, name, primary))) {
        dependent.priority = Scores.add(dependent.priority, rule.score());
        return;
      }
    }
    if (rule.score() >= Scores.INFINITY) {
      dependent.priority = -Scores.INFINITY;
    }
  }

  private void fromBundle(PolicyResource dependent, BundleResource primary, ColocationRule rule) {
    if (!primary.assignmentDone) {
      return;
    }
    if (Outcome.isCloneOrBundle(rule.dependent())) {
      fromCompatible(dependent, primary, rule);
      return;
    }
    List<PrimitiveResource> places = new ArrayList<>();
    for (BundleResource.Replica replica : primary.replicas) {
      if (rule.score() < Scores.INFINITY) {
        fromPrimary(dependent, replica.container(), rule);
      } else if (replica.container().assigned != null
          && !Outcome.blocked(replica.container())
          && hasRole(replica, rule)) {
        places.add(replica.container());
      }
    }
    if (rule.score() >= Scores.INFINITY) {
      restrict(dependent, primary, rule, places, false);
    }
  }

  private static boolean hasRole(BundleResource.Replica replica, ColocationRule rule) {
    return rule.primaryRole() != Role.PROMOTED
        || (replica.child() != null && replica.child().nextRole == Role.PROMOTED);
  }
}
