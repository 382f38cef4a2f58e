package org.ringward.core.cib;

/** A constraint. Kinds that are not built yet are kept whole as {@link OtherConstraint}. */
public sealed interface Constraint permits Location, Colocation, Order, OtherConstraint {
  String id();
}
