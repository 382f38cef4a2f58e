package org.ringward.core.policy.facts;

import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Situation;

/** Finds the primitive, and for anonymous clones the instance, that a node's history is about. */
final class InstanceFinder {
  private final Situation situation;
  private final RemovedResources removed;

  InstanceFinder(Situation situation, RemovedResources removed) {
    this.situation = situation;
    this.removed = removed;
  }

  /**
   * The resource; one that is not configured (any more) is made up. Null when that is impossible.
   */
  @Nullable PrimitiveResource find(PolicyNode node, ResourceHistory history) {
    String id = history.id();
    PolicyResource found = situation.resource(id);
    if (found == null) {
      // The number may be higher than any that the clone has today.
      PolicyResource instance = situation.resource(FailCountFacts.withoutNumber(id));
      CloneResource around = instance == null ? null : instance.cloneAround();
      if (around == null || around.globallyUnique) {
        return removed.removed(history);
      }
      found = instance;
    }
    if (!(found instanceof PrimitiveResource primitive)) {
      return null;
    }
    CloneResource clone = primitive.cloneAround();
    if (clone == null || clone.globallyUnique) {
      return primitive.id.equals(id) || clone == null ? primitive : removed.removed(history);
    }
    PrimitiveResource instance =
        clone.parent instanceof BundleResource bundle
            ? inBundle(bundle, node)
            : anonymous(clone, node, FailCountFacts.withoutNumber(id));
    if (instance == null) {
      instance = removed.leftover(clone, FailCountFacts.withoutNumber(id));
    }
    if (instance != null && !instance.id.equals(id)) {
      instance.historyId = id;
    }
    return instance;
  }

  private static @Nullable PrimitiveResource inBundle(BundleResource bundle, PolicyNode node) {
    for (BundleResource.Replica replica : bundle.replicas) {
      if (replica.node() == node && replica.child() instanceof PrimitiveResource child) {
        return child;
      }
    }
    return null;
  }

  /**
   * The instance that is active on that node in some part, else one that is active nowhere, else
   * null: then there are more than there should be.
   */
  private @Nullable PrimitiveResource anonymous(
      CloneResource clone, PolicyNode node, String plainId) {
    PrimitiveResource found = null;
    PrimitiveResource inactive = null;
    boolean skipInactive = false;
    for (PolicyResource instance : clone.instances) {
      if (instance.runningOn.isEmpty()) {
        if (!skipInactive && inactive == null && !instance.blocked) {
          PrimitiveResource candidate = part(instance, plainId);
          boolean takenElsewhere =
              candidate != null && candidate.pendingNode != null && candidate.pendingNode != node;
          inactive = takenElsewhere ? null : candidate;
        }
      } else if (instance.runningOn.getFirst() == node) {
        found = part(instance, plainId);
        if (found != null && !found.runningOn.isEmpty()) {
          // A second entry about one node: the former clone was unique, this one is left over.
          skipInactive = true;
          found = null;
        }
      }
      if (found != null) {
        break;
      }
    }
    if (found == null && !skipInactive) {
      found = inactive;
    }
    return found != null && wasted(clone, found, node) ? null : found;
  }

  /**
   * Whether an instance on a node that is gone does not keep another from running elsewhere: it
   * need not be fenced first, and there is not an instance for every node anyway.
   */
  private boolean wasted(CloneResource clone, PrimitiveResource instance, PolicyNode node) {
    boolean fencedFirst =
        instance.requires == PrimitiveResource.Requires.FENCING
            || instance.requires == PrimitiveResource.Requires.UNFENCING;
    return !fencedFirst
        && !node.online
        && node.unclean
        && !node.isGuest()
        && clone.cloneMax != situation.nodes.size();
  }

  private static @Nullable PrimitiveResource part(PolicyResource instance, String plainId) {
    if (instance instanceof PrimitiveResource primitive) {
      return primitive.configuredId.equals(plainId) ? primitive : null;
    }
    for (PolicyResource member : instance.members()) {
      if (member instanceof PrimitiveResource primitive && primitive.configuredId.equals(plainId)) {
        return primitive;
      }
    }
    return null;
  }
}
