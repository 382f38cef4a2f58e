package org.ringward.core.cib;

import java.util.List;

/**
 * rsc_colocation: rsc is placed after and with with-rsc (score, rsc-role, with-rsc-role, influence,
 * node-attribute); sets are in others.
 */
public record Colocation(Attributes attributes, List<Element> others) implements Constraint {
  public Colocation {
    others = List.copyOf(others);
  }

  @Override
  public String id() {
    return attributes.get("id", "");
  }
}
