package org.ringward.core.cib;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resources that start in order on one node. */
public record Group(
    Attributes attributes, List<AttributeSet> sets, List<Primitive> members, List<Element> others)
    implements Resource {
  public Group {
    sets = List.copyOf(sets);
    members = List.copyOf(members);
    others = List.copyOf(others);
  }

  @Override
  public String id() {
    return attributes.get("id", "");
  }

  @Override
  public List<Resource> inner() {
    return List.copyOf(members);
  }

  @Override
  public List<Primitive> primitives() {
    return members;
  }

  @Override
  public Resource with(Resource other) {
    if (other.id().equals(id())) {
      return other;
    }
    boolean inside = members.stream().anyMatch(member -> member.id().equals(other.id()));
    return inside && other instanceof Primitive member
        ? new Group(attributes, sets, Lists.put(members, member, Primitive::id), others)
        : this;
  }

  /** A meta attribute as configured on the group itself, null when it is not set here. */
  public @Nullable String meta(String name) {
    return Sets.value(sets, "meta_attributes", name);
  }

  public Group withMeta(String name, String value) {
    return new Group(
        attributes,
        Sets.with(sets, "meta_attributes", id() + "-meta_attributes", name, value),
        members,
        others);
  }
}
