package org.ringward.core.policy.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ClusterOptions.QuorumPolicy;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.NodeTable;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/** Where a primitive goes. */
final class PrimitivePlacement {
  private final Assigning assigning;
  private final Situation situation;

  PrimitivePlacement(Assigning assigning) {
    this.assigning = assigning;
    this.situation = assigning.situation;
  }

  @Nullable PolicyNode assign(
      PrimitiveResource resource, @Nullable PolicyNode wish, boolean stopOtherwise) {
    PolicyResource parent = resource.parent;
    if (parent != null && !parent.assigning && !parent.assignmentDone) {
      assigning.assign(parent, wish, stopOtherwise);
    }
    if (resource.assignmentDone) {
      return resource.assigned;
    }
    if (resource.assigning) {
      // A circle of colocations.
      return null;
    }
    resource.assigning = true;
    applyColocations(resource);
    applyDemands(resource);
    assigning.showScores("primitive", resource);
    choose(resource, wish, stopOtherwise);
    resource.assigning = false;
    if (resource.remoteNode != null) {
      connectionPlaced(resource, resource.remoteNode);
    }
    return resource.assigned;
  }

  /** What must be comes first, so that wishes cannot spoil it. */
  private void applyColocations(PrimitiveResource resource) {
    List<ColocationRule> own = ColocationLists.withOthers(resource);
    List<ColocationRule> theirs = ColocationLists.othersWith(resource);
    if (own.isEmpty() && theirs.isEmpty()) {
      return;
    }
    for (int pass = 0; pass < 2; pass++) {
      boolean mandatory = pass == 0;
      for (ColocationRule rule : own) {
        if (rule.mandatory() == mandatory) {
          follow(resource, rule);
        }
      }
      for (ColocationRule rule : theirs) {
        if (rule.mandatory() == mandatory && DependentWishes.hasInfluence(rule, null)) {
          assigning.wishes.apply(rule, resource);
        }
      }
    }
  }

  /** Places what the resource follows, and takes over what comes of that. */
  private void follow(PrimitiveResource resource, ColocationRule rule) {
    boolean revocable =
        rule.dependentRole() == Role.PROMOTED
            || (rule.score() < 0 && rule.score() > -Scores.INFINITY);
    NodeTables.@Nullable Saved before = revocable ? NodeTables.save(resource) : null;
    if (!rule.primary().assignmentDone) {
      assigning.assign(rule.primary(), null, true);
    }
    assigning.effects.apply(resource, rule);
    if (before != null && !NodeTables.anyUsable(situation, resource.allowed)) {
      before.restore(resource);
    }
  }

  private void applyDemands(PrimitiveResource resource) {
    if (resource.nextRole == Role.STOPPED) {
      NodeTables.preferEverywhere(situation, resource, -Scores.INFINITY, "target-role");
    } else if (resource.nextRole.above(resource.role)
        && !situation.options.haveQuorum
        && situation.options.quorumPolicy == QuorumPolicy.FREEZE) {
      Assigning.demand(resource, resource.role, "no-quorum-policy=freeze");
    }
    if (situation.options.fencingEnabled && !situation.hasFencingDevice) {
      resource.managed = false;
    }
  }

  private void choose(
      PrimitiveResource resource, @Nullable PolicyNode wish, boolean stopOtherwise) {
    if (!resource.managed) {
      resource.nextRole = resource.role;
      assigning.settle(resource, resource.currentNode(), true, stopOtherwise);
    } else if (situation.options.stopAllResources) {
      assigning.settle(resource, null, true, stopOtherwise);
    } else if (!resource.assignmentDone) {
      PolicyNode roomiest = Capacity.restrict(situation, resource);
      PolicyNode node = best(resource, wish == null ? roomiest : wish);
      assigning.settle(resource, node, false, stopOtherwise);
    }
  }

  private @Nullable PolicyNode best(PrimitiveResource resource, @Nullable PolicyNode wish) {
    PolicyNode current = resource.currentNode();
    NodeTable table = resource.allowed;
    PolicyNode best = assigning.ranking.best(table, current);
    if (best == null) {
      return null;
    }
    if (wish != null
        && table.contains(wish)
        && table.score(wish) >= table.score(best)
        && NodeTables.usable(wish, table)) {
      return wish;
    }
    boolean uniqueInstance = resource.parent instanceof CloneResource clone && clone.globallyUnique;
    if (!uniqueInstance
        && table.score(best) > 0
        && NodeTables.usable(best)
        && current != null
        && NodeTables.usable(current, table)
        && table.score(current) == table.score(best)) {
      return current;
    }
    return best;
  }

  /** A remote node is there when its connection will be. */
  private static void connectionPlaced(PrimitiveResource connection, PolicyNode node) {
    if (connection.assigned != null && connection.nextRole != Role.STOPPED) {
      node.online = true;
      if (node.unseen) {
        // It is not there yet because nobody has asked for it so far.
        node.unclean = false;
      }
    } else {
      node.shutdown = true;
    }
  }
}
