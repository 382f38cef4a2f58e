package org.ringward.core.cib;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Containers with an address and storage each, and a primitive inside.
 *
 * @param child null when nothing of the cluster runs inside
 * @param others the container (docker, podman), network and storage, and what is unknown
 */
public record Bundle(
    Attributes attributes, List<AttributeSet> sets, @Nullable Primitive child, List<Element> others)
    implements Resource {
  /** What containers are made with; rkt is gone, but was written once. */
  static final List<String> TECHNOLOGIES = List.of("docker", "podman", "rkt");

  public Bundle {
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
    return child == null ? List.of() : List.of(child);
  }

  @Override
  public Resource with(Resource other) {
    if (other.id().equals(id())) {
      return other;
    }
    boolean inside = child != null && other instanceof Primitive && other.id().equals(child.id());
    return inside ? new Bundle(attributes, sets, (Primitive) other, others) : this;
  }

  /** The part with that name (docker, podman, network, storage), null when there is none. */
  public @Nullable Element part(String name) {
    for (Element each : others) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  /** A meta attribute as configured on the bundle itself, null when it is not set here. */
  public @Nullable String meta(String name) {
    return Sets.value(sets, "meta_attributes", name);
  }

  public Bundle withMeta(String name, String value) {
    return new Bundle(
        attributes,
        Sets.with(sets, "meta_attributes", id() + "-meta_attributes", name, value),
        child,
        others);
  }
}
