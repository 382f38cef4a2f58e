package org.ringward.core.control;

import org.ringward.core.cib.Cib;

/**
 * The cluster layer of a node at one moment.
 *
 * @param agreed a view is agreed and messages are applied
 * @param quorate of the last agreed view
 * @param stored the configuration is on this node's disk
 */
public record ClusterSnapshot(
    long ringSequence,
    boolean agreed,
    boolean quorate,
    boolean coordinates,
    boolean stored,
    long primary,
    Cib cib,
    long malformedMessages) {}
