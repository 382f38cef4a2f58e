package org.ringward.core.cib;

import java.util.List;

/** A configured operation ({@code op}) of a resource. */
public record Operation(Attributes attributes, List<AttributeSet> sets, List<Element> others) {
  public Operation {
    sets = List.copyOf(sets);
    others = List.copyOf(others);
  }

  public String id() {
    return attributes.get("id", "");
  }

  public String name() {
    return attributes.get("name", "");
  }
}
