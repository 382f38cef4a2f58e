package org.ringward.core.control;

import org.ringward.core.quorum.QuorumVerdict;

/**
 * What one member says of quorum.
 *
 * @param votes its own
 * @param verdict what votequorum decided on it, for its ring
 * @param lineage the quorate views it took part in
 * @param letGo it has let go of everything for another side: {@link OwnSurrender}
 */
record QuorumClaim(int votes, QuorumVerdict verdict, QuorumLineage lineage, boolean letGo) {
  /** Of a member for which all votes decide. */
  QuorumClaim(int votes, QuorumVerdict verdict) {
    this(votes, verdict, QuorumLineage.NONE, false);
  }
}
