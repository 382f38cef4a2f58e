package org.ringward.core.lease;

/** Who waits for a resource. */
public record Waiter(LeaseOwner owner, LeaseMode mode, long leaseMillis) {}
