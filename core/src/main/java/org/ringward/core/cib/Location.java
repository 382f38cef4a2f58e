package org.ringward.core.cib;

import java.util.List;

/**
 * rsc_location: how much a resource likes a node (rsc, node, score, role, resource-discovery);
 * rules and sets are in others.
 */
public record Location(Attributes attributes, List<Element> others) implements Constraint {
  public Location {
    others = List.copyOf(others);
  }

  @Override
  public String id() {
    return attributes.get("id", "");
  }
}
