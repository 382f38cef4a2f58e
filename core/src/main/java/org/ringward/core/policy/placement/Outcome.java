package org.ringward.core.policy.placement;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;

/** Where a resource of any kind was assigned, what it will do there, and what it is made of. */
final class Outcome {
  private Outcome() {}

  /** The nodes its primitives were assigned to, each once, in order. */
  static Set<PolicyNode> nodes(PolicyResource resource) {
    Set<PolicyNode> nodes = new LinkedHashSet<>();
    collect(resource, nodes);
    return nodes;
  }

  private static void collect(PolicyResource resource, Set<PolicyNode> nodes) {
    if (resource instanceof PrimitiveResource) {
      if (resource.assigned != null) {
        nodes.add(resource.assigned);
      }
      return;
    }
    for (PolicyResource member : resource.members()) {
      collect(member, nodes);
    }
  }

  /** The one node it was assigned to; null when that is none or several. */
  static @Nullable PolicyNode node(PolicyResource resource) {
    if (resource instanceof PrimitiveResource) {
      return resource.assigned;
    }
    Set<PolicyNode> nodes = nodes(resource);
    return nodes.size() == 1 ? nodes.iterator().next() : null;
  }

  /** The first primitive in it that was assigned, null when none was. */
  static @Nullable PrimitiveResource placedPart(PolicyResource resource) {
    for (PrimitiveResource primitive : resource.primitives()) {
      if (primitive.assigned != null) {
        return primitive;
      }
    }
    return null;
  }

  /** The highest role that is planned for anything in it. */
  static Role nextRole(PolicyResource resource) {
    if (resource instanceof PrimitiveResource) {
      return resource.nextRole;
    }
    Role highest = Role.UNKNOWN;
    for (PolicyResource member : resource.members()) {
      Role role = nextRole(member);
      highest = role.above(highest) ? role : highest;
    }
    return highest;
  }

  /** The highest role anything in it has now. */
  static Role role(PolicyResource resource) {
    if (resource instanceof PrimitiveResource) {
      return resource.role;
    }
    Role highest = Role.UNKNOWN;
    for (PolicyResource member : resource.members()) {
      Role role = role(member);
      highest = role.above(highest) ? role : highest;
    }
    return highest;
  }

  /** Whether it or anything inside it is blocked. */
  static boolean blocked(PolicyResource resource) {
    if (resource.blocked) {
      return true;
    }
    for (PolicyResource member : resource.members()) {
      if (blocked(member)) {
        return true;
      }
    }
    return false;
  }

  /** What is counted per node: instances of a clone, containers of a bundle. */
  static List<? extends PolicyResource> instances(PolicyResource collective) {
    if (collective instanceof BundleResource bundle) {
      return bundle.replicas.stream().map(BundleResource.Replica::container).toList();
    }
    return collective.members();
  }

  static boolean isCloneOrBundle(PolicyResource resource) {
    return resource instanceof CloneResource || resource instanceof BundleResource;
  }

  static int maxPerNode(PolicyResource resource) {
    return switch (resource) {
      case CloneResource clone -> clone.cloneNodeMax;
      case BundleResource bundle -> bundle.replicasPerHost;
      default -> 1;
    };
  }
}
