package org.ringward.core.policy.facts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Attributes;
import org.ringward.core.cib.Element;
import org.ringward.core.cib.ResourceHistory;
import org.ringward.core.policy.model.CloneResource;
import org.ringward.core.policy.model.LocationPreference;
import org.ringward.core.policy.model.PolicyNode;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Scores;
import org.ringward.core.policy.model.Situation;

/** Makes up the resources that only histories know: removed ones, instances beyond clone-max. */
final class RemovedResources {
  private final Situation situation;
  private final ResourceFacts resources;

  RemovedResources(Situation situation, ResourceFacts resources) {
    this.situation = situation;
    this.resources = resources;
  }

  /** An instance beyond those that a clone should have, for what a history knows of it. */
  @Nullable PrimitiveResource leftover(CloneResource clone, String plainId) {
    PolicyResource instance = resources.addInstance(clone, clone.instances.size(), true);
    if (instance != null) {
      for (PrimitiveResource primitive : instance.primitives()) {
        if (primitive.configuredId.equals(plainId)) {
          return primitive;
        }
      }
    }
    return null;
  }

  /** A resource that is known from a history only; null when that does not name its agent. */
  @Nullable PrimitiveResource removed(ResourceHistory history) {
    PolicyResource known = situation.resourcesById.get(history.id());
    if (known != null && known.removed && known instanceof PrimitiveResource primitive) {
      return primitive;
    }
    Element element = element(history);
    PrimitiveResource resource = element == null ? null : resources.primitive(element, null, "");
    if (resource == null) {
      return null;
    }
    resource.removed = true;
    resource.removedFiller = history.attributes().has("container");
    if (RemoteNodes.isConnection(resource.element)) {
      connectionLeft(resource);
    }
    if (situation.options.stopRemovedResources) {
      banEverywhere(resource);
    } else {
      resource.managed = false;
    }
    situation.resources.add(resource);
    return resource;
  }

  /** The node behind a removed connection is to be left for good. */
  private void connectionLeft(PrimitiveResource resource) {
    PolicyNode node = situation.nodeByName(resource.id);
    if (node == null) {
      PolicyNode.Kind kind =
          NodeFacts.leftInContainer(situation, resource.id)
              ? PolicyNode.Kind.GUEST
              : PolicyNode.Kind.REMOTE;
      node = new PolicyNode(situation.nodes.size(), resource.id, resource.id, kind);
      NodeFacts.initialize(situation, node);
      situation.nodes.add(node);
    }
    node.shutdown = true;
    if (node.connection == null) {
      node.connection = resource;
    }
    resource.remoteNode = node;
  }

  private void banEverywhere(PrimitiveResource resource) {
    Map<PolicyNode, Integer> scores = new LinkedHashMap<>();
    for (PolicyNode node : situation.nodes) {
      scores.put(node, -Scores.INFINITY);
    }
    String source = "__orphan_do_not_run__";
    resource.locations.add(new LocationPreference(source, Role.UNKNOWN, scores, source));
  }

  /** The element of a resource that is known from a history only; null without an agent. */
  private static @Nullable Element element(ResourceHistory history) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("id", history.id());
    for (String name : new String[] {"class", "provider", "type"}) {
      String value = history.attributes().get(name);
      if (value != null) {
        attributes.put(name, value);
      }
    }
    return attributes.containsKey("class") && attributes.containsKey("type")
        ? Element.of("primitive", new Attributes(attributes), List.of())
        : null;
  }
}
