package org.ringward.core.cib;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several instances of one primitive or group, with two roles when it is promotable.
 *
 * @param child null when there is none, which is a mistake
 */
public record Clone(
    Attributes attributes, List<AttributeSet> sets, @Nullable Resource child, List<Element> others)
    implements Resource {
  public Clone {
    sets = List.copyOf(sets);
    others = List.copyOf(others);
  }

  @Override
  public String id() {
    return attributes.get("id", "");
  }

  @Override
  public List<Resource> inner() {
    return child == null ? List.of() : List.of(child);
  }

  @Override
  public List<Primitive> primitives() {
    return child == null ? List.of() : child.primitives();
  }

  @Override
  public Resource with(Resource other) {
    if (other.id().equals(id())) {
      return other;
    }
    return child == null ? this : new Clone(attributes, sets, child.with(other), others);
  }

  /** A meta attribute as configured on the clone itself, null when it is not set here. */
  public @Nullable String meta(String name) {
    return Sets.value(sets, "meta_attributes", name);
  }

  /** Whether its instances can be promoted. */
  public boolean promotable() {
    return Booleans.isTrue(meta("promotable"));
  }

  public Clone withMeta(String name, String value) {
    return new Clone(
        attributes,
        Sets.with(sets, "meta_attributes", id() + "-meta_attributes", name, value),
        child,
        others);
  }
}
