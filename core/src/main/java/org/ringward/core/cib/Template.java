package org.ringward.core.cib;

import java.util.List;

/**
 * What primitives that name it have in common; it does not run itself.
 *
 * @param body agent, options and operations, under the id of the template
 */
public record Template(Primitive body) implements Resource {
  @Override
  public String id() {
    return body.id();
  }

  @Override
  public Attributes attributes() {
    return body.attributes();
  }

  @Override
  public List<AttributeSet> sets() {
    return body.sets();
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
