package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
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
    if (situation.options.symmetricCluster) {
      tables.closeConfigured();
    }
    for (PolicyResource resource : situation.resources) {
      tables.addFindings(resource);
    }
  }

  /** What the history made of nodes, so far only noted. */
  private void addFindings(PolicyResource resource) {
    if (resource.removed && resource.parent instanceof CloneResource) {
      NodeTables.preferEverywhere(situation, resource, -Scores.INFINITY, "removed instance");
    }
    for (LocationPreference finding : resource.locations) {
      for (Map.Entry<PolicyNode, Integer> entry : finding.scores().entrySet()) {
        NodeTables.prefer(
            situation,
            resource,
            entry.getKey(),
            entry.getValue(),
            Sources.ofFinding(finding.source()));
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

  /**
   * The node inside a container may be configured like any other. Whatever is configured in front
   * of its bundle knows it, and must not run there.
   */
  private void closeConfigured() {
    Set<String> configured = new LinkedHashSet<>();
    for (Element node : section("nodes")) {
      configured.add(node.attributes().get("uname", ""));
    }
    List<PolicyResource> before = new ArrayList<>();
    for (Element element : section("resources")) {
      PolicyResource resource = situation.resource(element.attributes().get("id", ""));
      if (resource instanceof BundleResource bundle && bundle.child != null) {
        closeConfigured(bundle, configured, before);
      }
      if (resource != null) {
        before.add(resource);
      }
    }
  }

  private void closeConfigured(
      BundleResource bundle, Set<String> configured, List<PolicyResource> before) {
    for (int i = 0; i < bundle.replicas.size(); i++) {
      PolicyNode node = bundle.replicas.get(i).node();
      if (node == null || !configured.contains(node.name)) {
        continue;
      }
      before.forEach(resource -> close(resource, node));
      if (bundle.child != null) {
        bundle.child.allowed.put(node, -Scores.INFINITY);
      }
      for (int j = 0; j <= i; j++) {
        BundleResource.Replica replica = bundle.replicas.get(j);
        replica.container().allowed.put(node, node.baseScore);
        if (replica.address() != null) {
          replica.address().allowed.put(node, node.baseScore);
        }
        if (replica.connection() != null && j < i) {
          replica.connection().allowed.put(node, -Scores.INFINITY);
        }
      }
    }
  }

  private static void close(PolicyResource resource, PolicyNode node) {
    if (!(resource.parent instanceof CloneResource clone)
        || !(clone.parent instanceof BundleResource)) {
      resource.allowed.put(node, -Scores.INFINITY);
      resource.discovery.put(node, Discovery.NEVER);
    }
    resource.members().forEach(member -> close(member, node));
  }

  private List<Element> section(String name) {
    for (Element section : situation.configuration.children()) {
      if (section.name().equals(name)) {
        return section.children();
      }
    }
    return List.of();
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
