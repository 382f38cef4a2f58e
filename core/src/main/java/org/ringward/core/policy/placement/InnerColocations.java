package org.ringward.core.policy.placement;

import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/** Colocations that follow from what resources are: members of groups, parts of bundles, guests. */
final class InnerColocations {
  /** A connection to a container may be elsewhere, when the container is on a remote node. */
  private static final int NEARLY_MANDATORY = 10_000;

  private final Situation situation;

  private InnerColocations(Situation situation) {
    this.situation = situation;
  }

  static void add(Situation situation) {
    InnerColocations chapter = new InnerColocations(situation);
    situation.resources.forEach(chapter::add);
  }

  private void add(PolicyResource resource) {
    resource.members().forEach(this::add);
    switch (resource) {
      case PrimitiveResource primitive -> primitive(primitive);
      case GroupResource group -> group(group);
      case BundleResource bundle -> bundle(bundle);
      default -> {}
    }
  }

  static void enter(Situation situation, ColocationRule rule) {
    situation.colocations.add(rule);
    ColocationLists.insert(rule.dependent().withOthers, rule, true);
    ColocationLists.insert(rule.primary().othersWith, rule, false);
  }

  private void together(
      String id, int score, PolicyResource dependent, PolicyResource primary, boolean influence) {
    enter(
        situation,
        new ColocationRule(
            id, score, dependent, Role.UNKNOWN, primary, Role.UNKNOWN, "#uname", influence, false));
  }

  private void group(GroupResource group) {
    PrimitiveResource previous = null;
    for (PrimitiveResource member : group.members) {
      if (previous != null && group.collocated) {
        together("#group-members", Scores.INFINITY, member, previous, member.critical);
      }
      previous = member;
    }
  }

  private void bundle(BundleResource bundle) {
    for (BundleResource.Replica replica : bundle.replicas) {
      if (replica.address() != null) {
        together(
            "#ip-with-container", Scores.INFINITY, replica.address(), replica.container(), true);
      }
    }
  }

  private void primitive(PrimitiveResource resource) {
    if (!resource.managed) {
      return;
    }
    if (resource.remoteNode != null || resource.isFencingDevice()) {
      avoidRemoteNodes(resource);
    }
    PrimitiveResource container = resource.container;
    if (container == null) {
      return;
    }
    boolean inBundle = resource.bundleAround() != null;
    if (resource.remoteNode != null && !inBundle) {
      // A guest on a remote node would be a remote node on a remote node.
      avoidRemoteNodes(container);
    }
    PolicyNode node = nodeIn(resource, container);
    if (node != null) {
      for (PolicyNode other : situation.nodes) {
        if (other != node && resource.allowed.contains(other)) {
          resource.allowed.put(other, -Scores.INFINITY);
          NodeTables.note(
              situation, resource, other, -Scores.INFINITY, "container " + container.id);
        }
      }
      return;
    }
    boolean nested = inBundle && resource.remoteNode != null;
    together(
        "#resource-with-container",
        nested ? NEARLY_MANDATORY : Scores.INFINITY,
        resource,
        container,
        true);
  }

  /** The node that a resource with a container by hand is bound to, null when there is none. */
  private static @Nullable PolicyNode nodeIn(
      PrimitiveResource resource, PrimitiveResource container) {
    if (resource.remoteNode != null) {
      return null;
    }
    if (container.remoteNode != null) {
      return container.remoteNode;
    }
    for (PrimitiveResource filler : container.fillers) {
      if (filler.remoteNode != null) {
        return filler.remoteNode;
      }
    }
    return null;
  }

  private void avoidRemoteNodes(PrimitiveResource resource) {
    for (PolicyNode node : situation.nodes) {
      if (node.connection != null && resource.allowed.contains(node)) {
        resource.allowed.put(node, -Scores.INFINITY);
        NodeTables.note(
            situation, resource, node, -Scores.INFINITY, "cannot run on remote or guest nodes");
      }
    }
  }
}
