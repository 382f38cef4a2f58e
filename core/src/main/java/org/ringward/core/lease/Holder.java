package org.ringward.core.lease;

/**
 * Who holds a resource.
 *
 * @param token its fencing token, larger than every one given before for any resource
 * @param leaseMillis how long after the last confirmation of its node's view it may go on
 */
public record Holder(LeaseOwner owner, long token, LeaseMode mode, long leaseMillis, State state) {

  /** What is known of a holder. */
  public enum State {
    /** Its node is here. */
    HELD,
    /** Its node is lost and may still use the resource: not yet proven. */
    SUSPENDED,
    /** It said itself that it lost its access and changes nothing any more. */
    READ_ONLY
  }

  Holder with(State changed) {
    return new Holder(owner, token, mode, leaseMillis, changed);
  }

  /** Whether it may change what the resource stands for. */
  boolean isActive() {
    return state != State.READ_ONLY;
  }
}
