package org.ringward.core.policy.report;

/**
 * Something that a person wants to have happened before a simulation begins.
 *
 * @param subject a node, a ticket, a truth value, or an operation as {@link OperationSpec} writes
 *     it
 */
public record StatusModification(Kind kind, String subject) {
  /** What can have happened, in the order in which it is entered. */
  public enum Kind {
    QUORUM,
    WATCHDOG,
    NODE_UP,
    NODE_DOWN,
    NODE_FAIL,
    TICKET_GRANT,
    TICKET_REVOKE,
    TICKET_STANDBY,
    TICKET_ACTIVATE,
    OPERATION
  }
}
