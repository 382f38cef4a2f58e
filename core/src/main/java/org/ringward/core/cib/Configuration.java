package org.ringward.core.cib;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people configure. properties are the cluster_property_set elements of crm_config; others are
 * whole sections that are not typed (tags, acls, alerts).
 */
public record Configuration(
    List<AttributeSet> properties,
    List<NodeEntry> nodes,
    List<Resource> resources,
    List<Constraint> constraints,
    List<FencingLevel> topology,
    List<AttributeSet> resourceDefaults,
    List<AttributeSet> operationDefaults,
    List<Element> others) {
  public static final Configuration EMPTY =
      new Configuration(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  public Configuration {
    properties = List.copyOf(properties);
    nodes = List.copyOf(nodes);
    resources = List.copyOf(resources);
    constraints = List.copyOf(constraints);
    topology = List.copyOf(topology);
    resourceDefaults = List.copyOf(resourceDefaults);
    operationDefaults = List.copyOf(operationDefaults);
    others = List.copyOf(others);
  }

  /**
   * A cluster property by its exact name, null when it is not set; old names are resolved by
   * ClusterProperties.
   */
  public @Nullable String property(String name) {
    for (AttributeSet set : properties) {
      if (set.value(name) != null) {
        return set.value(name);
      }
    }
    return null;
  }

  /** The node with that id, else with that name, null when it is not configured. */
  public @Nullable NodeEntry node(String idOrName) {
    for (NodeEntry each : nodes) {
      if (each.id().equals(idOrName)) {
        return each;
      }
    }
    for (NodeEntry each : nodes) {
      if (each.uname().equals(idOrName)) {
        return each;
      }
    }
    return null;
  }

  /** Every primitive that runs as it is written, members of groups included, in order. */
  public List<Primitive> primitives() {
    List<Primitive> primitives = new ArrayList<>();
    for (Resource resource : resources) {
      switch (resource) {
        case Primitive primitive -> primitives.add(primitive);
        case Group group -> primitives.addAll(group.members());
        case OtherResource _ -> {}
      }
    }
    return primitives;
  }

  /** The primitive with that id, in a group or not, null when there is none. */
  public @Nullable Primitive primitive(String id) {
    for (Primitive each : primitives()) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  /** The resource with that id, a member of a group included, null when there is none. */
  public @Nullable Resource resource(String id) {
    for (Resource each : resources) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    return primitive(id);
  }

  /** The group that has the primitive as a member, null when none has. */
  public @Nullable Group groupOf(String primitive) {
    for (Resource each : resources) {
      if (each instanceof Group group
          && group.members().stream().anyMatch(member -> member.id().equals(primitive))) {
        return group;
      }
    }
    return null;
  }

  /** With the cluster property set under exactly that name. */
  public Configuration withProperty(String name, String value) {
    return withProperties(
        Sets.with(properties, "cluster_property_set", "cib-bootstrap-options", name, value));
  }

  /** Without the cluster property of exactly that name. */
  public Configuration withoutProperty(String name) {
    return withProperties(Sets.without(properties, "cluster_property_set", name));
  }

  public Configuration withProperties(List<AttributeSet> changed) {
    return new Configuration(
        changed,
        nodes,
        resources,
        constraints,
        topology,
        resourceDefaults,
        operationDefaults,
        others);
  }

  /** With the node, in place of the one with the same id. */
  public Configuration withNode(NodeEntry node) {
    return withNodes(Lists.put(nodes, node, NodeEntry::id));
  }

  public Configuration withNodes(List<NodeEntry> changed) {
    return new Configuration(
        properties,
        changed,
        resources,
        constraints,
        topology,
        resourceDefaults,
        operationDefaults,
        others);
  }

  /** With the resource, in place of the one with the same id, in a group or not. */
  public Configuration withResource(Resource resource) {
    Group group = groupOf(resource.id());
    if (group != null && resource instanceof Primitive member) {
      Group changed =
          new Group(
              group.attributes(),
              group.sets(),
              Lists.put(group.members(), member, Primitive::id),
              group.others());
      return withResource(changed);
    }
    return withResources(Lists.put(resources, resource, Resource::id));
  }

  public Configuration withResources(List<Resource> changed) {
    return new Configuration(
        properties,
        nodes,
        changed,
        constraints,
        topology,
        resourceDefaults,
        operationDefaults,
        others);
  }

  public Configuration withConstraints(List<Constraint> changed) {
    return new Configuration(
        properties,
        nodes,
        resources,
        changed,
        topology,
        resourceDefaults,
        operationDefaults,
        others);
  }
}
