package org.ringward.core.cib;

import java.util.List;

/**
 * One level of the fencing topology (target or target-pattern or target-attribute and target-value,
 * index 1 to 9, devices).
 */
public record FencingLevel(Attributes attributes, List<Element> others) {
  public FencingLevel {
    others = List.copyOf(others);
  }

  public String id() {
    return attributes.get("id", "");
  }
}
