package org.ringward.core.cib;

import java.util.List;

/** What is no kind of resource: kept and reported. */
public record OtherResource(Element element) implements Resource {
  @Override
  public String id() {
    return element.attributes().get("id", "");
  }

  @Override
  public Attributes attributes() {
    return element.attributes();
  }

  @Override
  public List<AttributeSet> sets() {
    return List.of();
  }

  @Override
  public List<Resource> inner() {
    return List.of();
  }

  @Override
  public List<Primitive> primitives() {
    return List.of();
  }

  @Override
  public Resource with(Resource other) {
    return other.id().equals(id()) ? other : this;
  }
}
