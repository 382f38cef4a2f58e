package org.ringward.core.policy.model;

/**
 * The right of this cluster to run something.
 *
 * @param lastGranted seconds since 1970, -1 when it never was
 */
public record Ticket(String id, boolean granted, boolean standby, long lastGranted) {}
