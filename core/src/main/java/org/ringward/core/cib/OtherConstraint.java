package org.ringward.core.cib;

/** What is no kind of constraint: kept and reported. */
public record OtherConstraint(Element element) implements Constraint {
  @Override
  public String id() {
    return element.attributes().get("id", "");
  }
}
