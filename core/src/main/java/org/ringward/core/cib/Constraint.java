package org.ringward.core.cib;

/** A constraint. What is no kind of constraint is kept whole as {@link OtherConstraint}. */
public sealed interface Constraint
    permits Location, Colocation, Order, TicketConstraint, OtherConstraint {
  String id();
}
