package org.ringward.core.control;

import org.ringward.core.quorum.QuorumVerdict;

/**
 * What one member says of quorum.
 *
 * @param votes its own
 * @param verdict what votequorum decided on it, for its ring
 * @param lineage the quorate views it took part in
 */
record QuorumClaim(int votes, QuorumVerdict verdict, QuorumLineage lineage) {
  /** Of a member for which all votes decide. */
  QuorumClaim(int votes, QuorumVerdict verdict) {
    this(votes, verdict, QuorumLineage.NONE);
  }
}
