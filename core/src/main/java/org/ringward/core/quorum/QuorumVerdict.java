package org.ringward.core.quorum;

/**
 * May this side go on.
 *
 * @param votes of the members that are here
 * @param needed how many are needed
 * @param expected how many there are in all
 * @param reason one sentence
 */
public record QuorumVerdict(boolean quorate, int votes, int needed, int expected, String reason) {}
