package org.ringward.core.quorum;

/** A verdict and what to remember for the next one. */
public record QuorumDecision(QuorumState state, QuorumVerdict verdict) {}
