package org.ringward.core.policy.model;

/**
 * A resource needs a ticket.
 *
 * @param role the role that needs it, UNKNOWN for any
 */
public record TicketRule(
    String id, PolicyResource resource, Ticket ticket, Role role, LossPolicy lossPolicy) {

  /** What becomes of the resource when the ticket is lost. */
  public enum LossPolicy {
    STOP,
    DEMOTE,
    FENCE,
    FREEZE
  }
}
