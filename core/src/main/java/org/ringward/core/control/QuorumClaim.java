package org.ringward.core.control;

import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.QuorumVerdict;

/**
 * What one member says of quorum.
 *
 * @param votes its own
 * @param verdict what votequorum decided on it, for its ring
 * @param shrinks whether fewer votes may be expected than are configured
 * @param lastRing sequence of the last quorate ring it took part in in this life, 0 for none
 * @param lastQuorate the members of the view in that ring
 * @param tieNode which of them breaks a tie between two halves of them, 0 for none
 */
record QuorumClaim(
    int votes, QuorumVerdict verdict, boolean shrinks, long lastRing, NodeSet lastQuorate,
    int tieNode) {
  /** Of a member that expects all votes and was not quorate yet. */
  QuorumClaim(int votes, QuorumVerdict verdict) {
    this(votes, verdict, false, 0, NodeSet.EMPTY, 0);
  }
}
