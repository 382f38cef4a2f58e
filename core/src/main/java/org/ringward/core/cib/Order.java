package org.ringward.core.cib;

import java.util.List;

/**
 * rsc_order: first before then (first-action, then-action, kind, symmetrical); sets are in others.
 */
public record Order(Attributes attributes, List<Element> others) implements Constraint {
  public Order {
    others = List.copyOf(others);
  }

  @Override
  public String id() {
    return attributes.get("id", "");
  }
}
