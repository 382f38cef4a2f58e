package org.ringward.core.policy.placement;

import java.util.Map;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.LocationPreference;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PolicyResource.Discovery;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/**
 * The tables before any constraint: in a symmetric cluster every resource may go to every node,
 * otherwise to none. The nodes inside of bundles are for what is bundled only.
 */
final class OpeningTables {
  private final Situation situation;

  private OpeningTables(Situation situation) {
    this.situation = situation;
  }

  static void fill(Situation situation) {
    OpeningTables tables = new OpeningTables(situation);
    for (PolicyResource resource : situation.resources) {
      tables.open(resource);
    }
    for (PolicyResource resource : situation.resources) {
      if (resource instanceof BundleResource bundle) {
        tables.bundle(bundle);
      }
    }
    for (PolicyResource resource : situation.resources) {
      tables.addFindings(resource);
    }
  }

  /** What the history made of nodes, so far only noted. */
  private void addFindings(PolicyResource resource) {
    for (LocationPreference finding : resource.locations) {
      for (Map.Entry<PolicyNode, Integer> entry : finding.scores().entrySet()) {
        NodeTables.prefer(situation, resource, entry.getKey(), entry.getValue(), finding.source());
      }
    }
    resource.members().forEach(this::addFindings);
  }

  private void open(PolicyResource resource) {
    boolean guest =
        resource instanceof PrimitiveResource primitive
            && primitive.remoteNode != null
            && primitive.container != null;
    if (situation.options.symmetricCluster || guest) {
      for (PolicyNode node : situation.nodes) {
        if (!NodeTables.insideBundle(node) && !leftBehind(node)) {
          resource.allowed.put(node, node.baseScore);
        }
      }
    }
    for (PolicyResource member : resource.members()) {
      open(member);
    }
  }

  /** A node of which only its connection is left, and that in the history. */
  private static boolean leftBehind(PolicyNode node) {
    return node.connection != null && node.connection.removed;
  }

  private void bundle(BundleResource bundle) {
    for (BundleResource.Replica replica : bundle.replicas) {
      PolicyNode inside = replica.node();
      PolicyResource child = replica.child();
      if (inside == null || child == null || bundle.child == null) {
        continue;
      }
      child.allowed.clear();
      child.allowed.put(inside, 500);
      child.discovery.put(inside, Discovery.EXCLUSIVE);
      bundle.child.allowed.put(inside, -Scores.INFINITY);
      PrimitiveResource connection = replica.connection();
      if (connection != null) {
        for (PolicyNode node : situation.nodes) {
          if (node.isRemoteOrGuest() && connection.allowed.contains(node)) {
            connection.allowed.put(node, -Scores.INFINITY);
          }
        }
      }
    }
  }
}
