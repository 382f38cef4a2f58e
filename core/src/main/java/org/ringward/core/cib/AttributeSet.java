package org.ringward.core.cib;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of name-value pairs: element is cluster_property_set, meta_attributes, instance_attributes,
 * utilization; others holds rules and what is unknown.
 */
public record AttributeSet(
    String element, Attributes attributes, List<Nvpair> pairs, List<Element> others) {
  public AttributeSet {
    pairs = List.copyOf(pairs);
    others = List.copyOf(others);
  }

  public String id() {
    return attributes.get("id", "");
  }

  /** The value of the pair with that name, null when there is none. */
  public @Nullable String value(String name) {
    for (Nvpair pair : pairs) {
      if (pair.name().equals(name)) {
        return pair.value();
      }
    }
    return null;
  }
}
