package org.ringward.core.cib;

import java.util.ArrayList;
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

  /** Whether a rule decides if the set holds. */
  public boolean hasRule() {
    return others.stream().anyMatch(each -> each.name().equals("rule"));
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

  /** With the name set to the value; a new pair gets the id SET-NAME. */
  public AttributeSet with(String name, String value) {
    List<Nvpair> copy = new ArrayList<>(pairs);
    for (int i = 0; i < copy.size(); i++) {
      if (copy.get(i).name().equals(name)) {
        copy.set(i, new Nvpair(copy.get(i).attributes().with("value", value)));
        return withPairs(copy);
      }
    }
    copy.add(
        new Nvpair(Attributes.of("id", Ids.of(id() + "-" + name), "name", name, "value", value)));
    return withPairs(copy);
  }

  /** Without the pairs with that name. */
  public AttributeSet without(String name) {
    List<Nvpair> copy = new ArrayList<>(pairs);
    copy.removeIf(pair -> pair.name().equals(name));
    return withPairs(copy);
  }

  public AttributeSet withPairs(List<Nvpair> changed) {
    return new AttributeSet(element, attributes, changed, others);
  }
}
