package org.ringward.core.totem;

/**
 * Why a node went into GATHER; the numbers of 0 to 15 are those operators know from Corosync
 * (reference/totem-srp.md, section 8.1).
 */
public enum GatherReason {
  /** Nodes that did not agree in time were given up. */
  CONSENSUS_TIMEOUT(0),
  /** In GATHER, a node was missing; kept for its number, Corosync does not use it either. */
  GATHER_MISSING(1),
  /** No token came while the ring was operational. */
  TOKEN_LOST_IN_OPERATIONAL(2),
  /** All agreed, but no commit token came. */
  CONSENSUS_EXPIRED(3),
  /** No token came while the ring was being committed. */
  TOKEN_LOST_IN_COMMIT(4),
  /** No token came while messages were being recovered. */
  TOKEN_LOST_IN_RECOVERY(5),
  /** This node cannot receive what the others have. */
  FAILED_TO_RECEIVE(6),
  /** A message of another ring. */
  FOREIGN_MESSAGE_IN_OPERATIONAL(7),
  /** A message of another ring, of a node not known so far. */
  FOREIGN_MESSAGE_IN_GATHER(8),
  /** Another ring announced itself. */
  MERGE_IN_OPERATIONAL(9),
  /** Another ring announced itself, of a node not known so far. */
  MERGE_IN_GATHER(10),
  /** A node proposed other members or gave others up. */
  MERGE_DURING_JOIN(11),
  /** A node proposed the members of the ring again. */
  JOIN_IN_OPERATIONAL(12),
  /** A member proposed anew while the ring was being committed. */
  JOIN_IN_COMMIT(13),
  /** A member proposed anew while messages were being recovered. */
  JOIN_IN_RECOVERY(14),
  /** The links came up or changed. */
  INTERFACE_CHANGE(15),
  /** This node did not run for long and knows nothing any more; Ringward's own reason. */
  STALLED(16),
  /** The system said that nobody listens at a member's address; Ringward's own reason. */
  MEMBER_REFUSED(17),
  /**
   * A member that was silent for long was given up before the consensus timeout; our own reason.
   */
  SILENT_GIVEN_UP(18);

  private final int number;

  GatherReason(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
