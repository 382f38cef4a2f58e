package org.ringward.core.policy.placement;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.policy.facts.Facts;
import org.ringward.core.policy.model.BundleResource;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.GroupResource;
import org.ringward.core.policy.model.LocationPreference;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PolicyResource.Discovery;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.model.Values;

/** Scores that follow from locations, stickiness, failures, exclusive discovery and locks. */
final class Preferences {
  private final Facts facts;
  private final Situation situation;

  Preferences(Facts facts) {
    this.facts = facts;
    this.situation = facts.situation();
  }

  /** Lets a location take effect on a resource and on what is inside it. */
  static void add(
      Situation situation,
      PolicyResource resource,
      LocationPreference preference,
      @Nullable Discovery discovery) {
    addOwn(situation, resource, preference, discovery);
    switch (resource) {
      case PrimitiveResource _ -> {}
      case GroupResource group -> addMembers(situation, group, preference, discovery);
      case CloneResource clone -> {
        for (PolicyResource instance : clone.instances) {
          add(situation, instance, preference, discovery);
        }
      }
      case BundleResource bundle -> addParts(situation, bundle, preference, discovery);
    }
  }

  /** The first member speaks for all, the others only must not get in at the back door. */
  private static void addMembers(
      Situation situation,
      GroupResource group,
      LocationPreference preference,
      @Nullable Discovery discovery) {
    LocationPreference rest = group.collocated ? neutral(preference) : preference;
    LocationPreference counts = preference;
    for (PrimitiveResource member : group.members) {
      add(situation, member, counts, discovery);
      counts = rest;
    }
  }

  /** Where the first has led the others need not be drawn once more. */
  private static LocationPreference neutral(LocationPreference preference) {
    Map<PolicyNode, Integer> scores = new LinkedHashMap<>();
    preference.scores().keySet().forEach(node -> scores.put(node, 0));
    return new LocationPreference(preference.id(), preference.role(), scores, preference.source());
  }

  private static void addParts(
      Situation situation,
      BundleResource bundle,
      LocationPreference preference,
      @Nullable Discovery discovery) {
    for (BundleResource.Replica replica : bundle.replicas) {
      add(situation, replica.container(), preference, discovery);
      if (replica.address() != null) {
        add(situation, replica.address(), preference, discovery);
      }
    }
    if (bundle.child != null && preference.role() == Role.PROMOTED) {
      bundle.child.locations.add(preference);
      add(situation, bundle.child, preference, discovery);
    }
  }

  private static void addOwn(
      Situation situation,
      PolicyResource resource,
      LocationPreference preference,
      @Nullable Discovery discovery) {
    if (preference.role() != Role.UNKNOWN && preference.role() != resource.nextRole) {
      return;
    }
    for (Map.Entry<PolicyNode, Integer> entry : preference.scores().entrySet()) {
      PolicyNode node = entry.getKey();
      resource.allowed.add(node, entry.getValue());
      if (situation.explaining) {
        NodeTables.note(situation, resource, node, entry.getValue(), Sources.of(preference));
      }
      if (discovery != null) {
        resource.discovery.merge(node, discovery, Preferences::stricter);
        resource.exclusiveDiscovery |= discovery == Discovery.EXCLUSIVE;
      }
    }
  }

  private static Discovery stricter(Discovery a, Discovery b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  void apply() {
    for (PolicyResource resource : situation.resources) {
      stick(resource);
    }
    for (PolicyResource resource : situation.resources) {
      limitFailures(resource);
      discoverExclusively(resource);
    }
    if (situation.options.shutdownLock) {
      situation.resources.forEach(this::lock);
    }
  }

  /** What runs on one node likes to stay there. */
  private void stick(PolicyResource resource) {
    resource.members().forEach(this::stick);
    if (!(resource instanceof PrimitiveResource)
        || !resource.managed
        || resource.stickiness == 0
        || resource.runningOn.size() != 1) {
      return;
    }
    PolicyNode node = resource.runningOn.getFirst();
    if (situation.options.symmetricCluster || resource.allowed.contains(node)) {
      NodeTables.prefer(situation, resource, node, resource.stickiness, "stickiness");
    }
  }

  /** After migration-threshold failures a node is out of the question. */
  private void limitFailures(PolicyResource resource) {
    resource.members().forEach(this::limitFailures);
    if (!(resource instanceof PrimitiveResource primitive) || primitive.migrationThreshold == 0) {
      return;
    }
    PolicyResource banned = primitive;
    CloneResource clone = primitive.cloneAround();
    if (clone != null && !clone.globallyUnique) {
      banned = clone;
    }
    for (PolicyNode node : situation.nodes) {
      if (!toBeCleared(primitive, node) && failedTooOften(facts, primitive, node)) {
        NodeTables.prefer(
            situation,
            banned,
            node,
            -Scores.INFINITY,
            "migration-threshold " + Scores.text(primitive.migrationThreshold));
      }
    }
  }

  private boolean toBeCleared(PrimitiveResource resource, PolicyNode node) {
    for (Situation.ExpiredFailure failure : situation.expiredFailures) {
      if (failure.resource() == resource && failure.node() == node) {
        return true;
      }
    }
    return false;
  }

  static boolean failedTooOften(Facts facts, PrimitiveResource resource, PolicyNode node) {
    if (resource.migrationThreshold == 0 || resource.ignoreFailure) {
      return false;
    }
    int count = facts.failCounts().withFillers(resource, node).count();
    return count > 0 && count >= resource.migrationThreshold;
  }

  /** resource-discovery=exclusive: nodes without such a location are out of the question. */
  private void discoverExclusively(PolicyResource resource) {
    resource.members().forEach(this::discoverExclusively);
    PolicyResource outer = resource;
    while (outer.parent != null && !(outer.parent instanceof BundleResource)) {
      outer = outer.parent;
    }
    if (!resource.exclusiveDiscovery && !outer.exclusiveDiscovery) {
      return;
    }
    for (PolicyNode node : situation.nodes) {
      if (resource.allowed.contains(node) && resource.discovery.get(node) != Discovery.EXCLUSIVE) {
        resource.allowed.put(node, -Scores.INFINITY);
        NodeTables.note(
            situation, resource, node, -Scores.INFINITY, "resource-discovery exclusive");
      }
    }
  }

  /** shutdown-lock: what ran on a node that was shut down waits for it. */
  private void lock(PolicyResource resource) {
    if (resource instanceof GroupResource group) {
      group.members.forEach(this::lock);
    }
    if (!(resource instanceof PrimitiveResource primitive)
        || primitive.isFencingDevice()
        || primitive.remoteNode != null) {
      return;
    }
    findLock(primitive);
    PolicyNode holder = primitive.lockNode;
    if (holder == null) {
      return;
    }
    long limit = situation.options.shutdownLockLimitMs / 1000;
    if (limit > 0) {
      situation.recheckAt(primitive.lockSince + limit + 1);
    }
    for (PolicyNode node : situation.nodes) {
      if (node != holder) {
        NodeTables.prefer(situation, primitive, node, -Scores.INFINITY, "shutdown-lock");
      }
    }
  }

  private static void findLock(PrimitiveResource resource) {
    if (resource.lockNode != null) {
      if (!resource.runningOn.isEmpty()) {
        // It was started elsewhere in spite of the lock.
        resource.lockNode = null;
        resource.lockSince = 0;
      }
      return;
    }
    if (resource.runningOn.size() == 1) {
      PolicyNode node = resource.runningOn.getFirst();
      if (node.shutdown && !node.unclean) {
        resource.lockNode = node;
        resource.lockSince = Values.number(node.attributes.get("shutdown"), 0);
      }
    }
  }
}
