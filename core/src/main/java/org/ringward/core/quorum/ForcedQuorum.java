package org.ringward.core.quorum;

/**
 * Somebody made this side quorate against the votes.
 *
 * @param author who
 * @param reason why, in the author's words
 * @param wallMillis when, milliseconds since 1970
 * @param expected how many votes are expected since
 */
public record ForcedQuorum(String author, String reason, long wallMillis, int expected) {}
