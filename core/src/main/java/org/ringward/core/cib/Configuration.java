package org.ringward.core.cib;

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
}
