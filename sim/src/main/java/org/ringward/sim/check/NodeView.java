package org.ringward.sim.check;

import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;

/**
 * What one daemon believes at one moment.
 *
 * @param ring ring id as representative/sequence
 * @param members of that ring
 * @param quorate it thinks that its side may go on
 * @param coordinator node id, 0 when it knows none
 * @param version of the state: history and configuration and status
 * @param digest of that state, null when it has not computed one
 * @param settled no transition is running and nothing is pending
 */
public record NodeView(
    int node,
    String ring,
    NodeSet members,
    boolean quorate,
    int coordinator,
    String version,
    @Nullable String digest,
    boolean settled) {}
