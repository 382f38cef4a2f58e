package org.ringward.core.quorum.witness;

import org.ringward.core.base.NodeSet;

/**
 * What a node tells a witness of itself and its cluster.
 *
 * @param incarnation differs for each start of the node
 * @param timeoutMillis how long a vote is valid
 * @param connectMillis how long connecting may take
 * @param nodes ids of all configured nodes
 */
public record WitnessSettings(
    String cluster,
    int node,
    long incarnation,
    WitnessRules rules,
    int timeoutMillis,
    int connectMillis,
    long configVersion,
    NodeSet nodes) {}
