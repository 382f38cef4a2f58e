package org.ringward.core.policy.placement;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.ColocationRule;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/** Where a bundle goes: the containers first, then what belongs to each, then what runs inside. */
final class BundlePlacement {
  private final Assigning assigning;
  private final Situation situation;
  private final InstanceSpread spread;

  BundlePlacement(Assigning assigning) {
    this.assigning = assigning;
    this.situation = assigning.situation;
    this.spread = new InstanceSpread(assigning);
  }

  void assign(BundleResource bundle, @Nullable PolicyNode wish, boolean stopOtherwise) {
    if (bundle.assigning) {
      return;
    }
    assigning.showScores("bundle", bundle);
    if (bundle.assignmentDone) {
      openInside(bundle);
      return;
    }
    bundle.assigning = true;
    List<? extends PolicyResource> containers = Outcome.instances(bundle);
    spread.assign(bundle, containers, bundle.replicas.size(), bundle.replicasPerHost);
    for (BundleResource.Replica replica : bundle.replicas) {
      assignParts(bundle, replica, wish, stopOtherwise);
    }
    openInside(bundle);
    if (bundle.child != null) {
      assigning.assign(bundle.child, wish, stopOtherwise);
    }
    bundle.assigning = false;
    bundle.assignmentDone = true;
  }

  /** What is bundled may run inside the containers and nowhere else. */
  private void openInside(BundleResource bundle) {
    CloneResource clone = bundle.child;
    if (clone == null) {
      return;
    }
    for (PolicyNode node : situation.nodes) {
      if (clone.allowed.contains(node)) {
        clone.allowed.put(node, isInside(bundle, node) ? 0 : -Scores.INFINITY);
      }
    }
  }

  private static boolean isInside(BundleResource bundle, PolicyNode node) {
    return node.connection != null && node.connection.parent == bundle;
  }

  private void assignParts(
      BundleResource bundle,
      BundleResource.Replica replica,
      @Nullable PolicyNode wish,
      boolean stopOtherwise) {
    if (replica.address() != null) {
      assigning.assign(replica.address(), wish, stopOtherwise);
    }
    PrimitiveResource connection = replica.connection();
    if (connection != null) {
      stayWithHost(replica.container(), connection);
      assigning.assign(connection, wish, stopOtherwise);
    }
    PolicyResource child = replica.child();
    PolicyNode inside = replica.node();
    if (child != null && inside != null && bundle.child != null) {
      for (PolicyNode node : situation.nodes) {
        if (child.allowed.contains(node)) {
          open(child, node, inside);
        }
      }
      boolean before = bundle.child.assigning;
      bundle.child.assigning = true;
      assigning.assign(child, inside, stopOtherwise);
      bundle.child.assigning = before;
    }
  }

  private void open(PolicyResource child, PolicyNode node, PolicyNode inside) {
    if (node != inside) {
      child.allowed.put(node, -Scores.INFINITY);
    } else if (child instanceof PrimitiveResource primitive
        && !Preferences.failedTooOften(assigning.facts, primitive, node)) {
      child.allowed.put(node, Scores.INFINITY);
    }
  }

  /**
   * A container on a remote node is reached through the cluster node that holds the connection to
   * it, so the connections of both must be on the same one.
   */
  private static void stayWithHost(PrimitiveResource container, PrimitiveResource connection) {
    PolicyNode host = container.assigned;
    if (host == null || host.connection == null) {
      return;
    }
    ColocationRule rule =
        new ColocationRule(
            "#replica-remote-with-host-remote",
            Scores.INFINITY,
            connection,
            Role.UNKNOWN,
            host.connection,
            Role.UNKNOWN,
            "#uname",
            true,
            false);
    ColocationLists.insert(connection.withOthers, rule, true);
    ColocationLists.insert(host.connection.othersWith, rule, false);
  }
}
