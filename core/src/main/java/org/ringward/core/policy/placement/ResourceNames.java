package org.ringward.core.policy.placement;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.ringward.core.cib.Element;
import org.ringward.core.policy.model.PolicyResource;
import org.ringward.core.policy.model.PrimitiveResource;
import org.ringward.core.policy.model.Role;
import org.ringward.core.policy.model.Situation;
import org.ringward.core.policy.rule.Rules;

/** What the names in constraints stand for: resources, templates, tags, sets. */
final class ResourceNames {
  private final Situation situation;
  private final Rules rules;

  ResourceNames(Situation situation, Rules rules) {
    this.situation = situation;
    this.rules = rules;
  }

  /** One set of resources that a constraint speaks of together. */
  record ResourceSet(
      String id, List<PolicyResource> resources, boolean sequential, Role role, Element element) {}

  /** Whether the name is that of a template or a tag. */
  boolean isCollection(String name) {
    return situation.templates.containsKey(name) || situation.tags.containsKey(name);
  }

  /** All resources behind a name, null when it is unknown. */
  @Nullable List<PolicyResource> all(String name) {
    List<String> ids = situation.templates.get(name);
    if (ids == null) {
      ids = situation.tags.get(name);
    }
    if (ids == null) {
      PolicyResource resource = one(name);
      return resource == null ? null : List.of(resource);
    }
    List<PolicyResource> found = new ArrayList<>();
    for (String id : ids) {
      PolicyResource resource = one(id);
      if (resource != null) {
        found.add(resource);
      } else if (situation.tags.containsKey(id) || situation.templates.containsKey(id)) {
        List<PolicyResource> inner = id.equals(name) ? null : all(id);
        if (inner != null) {
          found.addAll(inner);
        }
      }
    }
    return found;
  }

  /**
   * The resource of that id. What is inside a clone stands for the clone, if histories know it by
   * that name.
   */
  @Nullable PolicyResource one(String id) {
    PolicyResource resource = situation.resource(id);
    if (resource == null || resource.id.equals(id)) {
      return resource;
    }
    PolicyResource clone = resource.cloneAround();
    if (clone != null) {
      for (PrimitiveResource primitive : clone.primitives()) {
        if (id.equals(primitive.historyId)) {
          return clone;
        }
      }
    }
    return null;
  }

  List<ResourceSet> sets(List<Element> children) {
    List<ResourceSet> sets = new ArrayList<>();
    for (Element child : children) {
      Element set = child.name().equals("resource_set") ? rules.resolve(child) : null;
      if (set != null) {
        sets.add(set(set));
      }
    }
    return sets;
  }

  private ResourceSet set(Element set) {
    List<PolicyResource> resources = new ArrayList<>();
    for (Element child : set.children()) {
      if (child.name().equals("resource_ref")) {
        List<PolicyResource> found = all(child.attributes().get("id", ""));
        if (found != null) {
          resources.addAll(found);
        }
      }
    }
    return new ResourceSet(
        set.attributes().get("id", ""),
        resources,
        !"false".equalsIgnoreCase(set.attributes().get("sequential", "true")),
        Role.of(set.attributes().get("role")),
        set);
  }
}
