package org.ringward.core.cib;

/** A resource of a kind that is not built yet (clone, bundle, template): kept and reported. */
public record OtherResource(Element element) implements Resource {
  @Override
  public String id() {
    return element.attributes().get("id", "");
  }
}
