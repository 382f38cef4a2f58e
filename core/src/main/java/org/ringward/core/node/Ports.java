package org.ringward.core.node;

import org.ringward.core.link.Transport;
import org.ringward.core.port.Background;
import org.ringward.core.port.Echoes;
import org.ringward.core.port.Entropy;
import org.ringward.core.port.Heartbeats;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Operators;
import org.ringward.core.port.Power;
import org.ringward.core.port.Processes;
import org.ringward.core.port.RingIds;
import org.ringward.core.port.Sectors;
import org.ringward.core.port.Store;
import org.ringward.core.port.Streams;
import org.ringward.core.port.Vitals;
import org.ringward.core.port.Watchdog;

/**
 * Everything the outside offers to a node.
 *
 * @param transport not started, for this node alone
 * @param configuration where a reload reads, and where the shared key is from
 * @param heartbeats the media of the configured regions, apart from disks
 * @param sectors the shared disks
 * @param echoes asks ping nodes
 * @param vitals what the system says of the machine's health
 * @param watchdog of the machine
 * @param device connections to the quorum device, if it is one that is reached over a network
 */
public record Ports(
    Transport transport,
    RingIds ringIds,
    Store store,
    Processes processes,
    Operators operators,
    Entropy entropy,
    Journal journal,
    Power power,
    Background background,
    ConfigurationSource configuration,
    Watchdog watchdog,
    Heartbeats heartbeats,
    Sectors sectors,
    Echoes echoes,
    Vitals vitals,
    Streams device) {}
