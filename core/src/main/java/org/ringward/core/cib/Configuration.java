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

  /** Every primitive as it is written, in groups, clones and bundles included, in order. */
  public List<Primitive> primitives() {
    List<Primitive> primitives = new ArrayList<>();
    resources.forEach(resource -> primitives.addAll(resource.primitives()));
    return primitives;
  }

  /** The primitive with that id, wherever it is, null when there is none. */
  public @Nullable Primitive primitive(String id) {
    for (Primitive each : primitives()) {
      if (each.id().equals(id)) {
        return each;
      }
    }
    return null;
  }

  /** The resource with that id, wherever it is, null when there is none. */
  public @Nullable Resource resource(String id) {
    return find(resources, id);
  }

  private static @Nullable Resource find(List<? extends Resource> resources, String id) {
    for (Resource each : resources) {
      Resource found = each.id().equals(id) ? each : find(each.inner(), id);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /**
   * The primitive as it takes effect: with the agent, and behind its own the sets and operations,
   * of the template it names.
   */
  public Primitive effective(Primitive primitive) {
    String name = primitive.attributes().get("template");
    if (name == null || !(resource(name) instanceof Template template)) {
      return primitive;
    }
    Attributes attributes = primitive.attributes();
    for (String each : List.of("class", "provider", "type")) {
      String value = template.attributes().get(each);
      attributes = value == null ? attributes : attributes.with(each, value);
    }
    List<AttributeSet> sets = new ArrayList<>(primitive.sets());
    sets.addAll(template.sets());
    List<Operation> operations = new ArrayList<>(primitive.operations());
    for (Operation each : template.body().operations()) {
      if (operations.stream().noneMatch(own -> own.repeats(each))) {
        operations.add(each);
      }
    }
    return new Primitive(attributes, sets, operations, primitive.others());
  }

  /** The group that has the primitive as a member, in a clone or not, null when none has. */
  public @Nullable Group groupOf(String primitive) {
    for (Resource each : resources) {
      Resource candidate = each instanceof Clone clone ? clone.child() : each;
      if (candidate instanceof Group group
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

  /** With the resource, in place of the one with the same id, wherever that is. */
  public Configuration withResource(Resource resource) {
    if (resource(resource.id()) == null) {
      return withResources(Lists.put(resources, resource, Resource::id));
    }
    return withResources(resources.stream().map(each -> each.with(resource)).toList());
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

  public Configuration withTopology(List<FencingLevel> changed) {
    return new Configuration(
        properties,
        nodes,
        resources,
        constraints,
        changed,
        resourceDefaults,
        operationDefaults,
        others);
  }

  /** With other defaults for meta attributes of resources and for options of operations. */
  public Configuration withDefaults(
      List<AttributeSet> ofResources, List<AttributeSet> ofOperations) {
    return new Configuration(
        properties, nodes, resources, constraints, topology, ofResources, ofOperations, others);
  }
}
