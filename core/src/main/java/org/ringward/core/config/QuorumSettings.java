package org.ringward.core.config;

/**
 * Votes (reference/totem-pg-sync-services.md, section 9).
 *
 * @param expectedVotes 0: the sum of the members' votes
 * @param twoNode one of two nodes may go on; implies waitForAll unless that is set
 * @param waitForAll after a cold start wait until all nodes were seen once
 */
public record QuorumSettings(int expectedVotes, boolean twoNode, boolean waitForAll) {
  public static final QuorumSettings DEFAULT = new QuorumSettings(0, false, false);
}
