package org.ringward.core.cib;

/** A constraint of a kind that is not built yet (rsc_ticket): kept and reported. */
public record OtherConstraint(Element element) implements Constraint {
  @Override
  public String id() {
    return element.attributes().get("id", "");
  }
}
