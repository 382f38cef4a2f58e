package org.ringward.core.quorum;

/**
 * What a node remembers of quorum from one membership to the next.
 *
 * @param configuredVotes the expected votes that were configured then, 0 at the start
 * @param expectedVotes the expected votes in force: never below what was seen
 * @param waiting with wait_for_all: not all nodes were seen since the start or the last loss of
 *     quorum
 */
public record QuorumState(int configuredVotes, int expectedVotes, boolean waiting) {
  /** A node that has just started. */
  public static final QuorumState START = new QuorumState(0, 0, true);
}
