package org.ringward.core.cib;

import java.util.List;

/**
 * rsc_ticket: what needs a ticket (rsc, rsc-role, ticket), and what becomes of it without
 * (loss-policy); sets are in others.
 */
public record TicketConstraint(Attributes attributes, List<Element> others) implements Constraint {
  public TicketConstraint {
    others = List.copyOf(others);
  }

  @Override
  public String id() {
    return attributes.get("id", "");
  }
}
