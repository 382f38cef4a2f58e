package org.ringward.core.lease;

/**
 * A holder that ended without putting its affairs in order: somebody has to take over what it left.
 *
 * @param owner the one that ended
 * @param token its token
 * @param proof why it can no longer touch the resource, one sentence
 * @param author who vouches for that
 * @param wallMillis when, milliseconds since 1970 by the author's clock
 * @param by token of the holder that takes over, 0 while there is none
 */
public record Recovery(
    LeaseOwner owner, long token, String proof, String author, long wallMillis, long by) {
  Recovery with(long taker) {
    return new Recovery(owner, token, proof, author, wallMillis, taker);
  }
}
