package org.ringward.core.lease;

/**
 * A change of the leases, in the order that all nodes agree on.
 *
 * @param resource its name
 * @param owner whom it concerns
 * @param mode wanted by ACQUIRE
 * @param leaseMillis wanted by ACQUIRE
 * @param token of the holder that RECOVERED speaks of, else 0
 * @param text reason or proof, a sentence; empty where there is none
 * @param author node that says so
 * @param wallMillis when, milliseconds since 1970 by the author's clock
 */
public record LeaseStep(
    Kind kind,
    String resource,
    LeaseOwner owner,
    LeaseMode mode,
    long leaseMillis,
    long token,
    String text,
    String author,
    long wallMillis) {

  /** The kinds of changes. */
  public enum Kind {
    /** The owner wants the resource. */
    ACQUIRE,
    /** The owner does not use it any more, and all is in order. */
    RELEASE,
    /** The owner's lease has run out on its own node: it cannot use it any more. */
    ENDED,
    /** The owner has lost its access and only reads. */
    READ_ONLY,
    /** The owner has its access back and wants the resource again. */
    ONLINE,
    /** The owner has taken over what the holder of the token left. */
    RECOVERED,
    /** What may have been forgotten is over for certain; only a coordinator says so. */
    KNOWN,
    /** A lost owner cannot use the resource any more; only a coordinator says so. */
    PROVEN
  }
}
