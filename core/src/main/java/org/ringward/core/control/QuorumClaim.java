package org.ringward.core.control;

import org.ringward.core.quorum.QuorumVerdict;

/**
 * What one member says of quorum.
 *
 * @param votes its own
 * @param verdict what votequorum decided on it, for its ring
 */
record QuorumClaim(int votes, QuorumVerdict verdict) {}
