package org.ringward.core.control;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.ringward.core.lease.RingProgress;
import org.ringward.core.port.Background;
import org.ringward.core.port.Entropy;
import org.ringward.core.port.Journal;
import org.ringward.core.port.Processes;
import org.ringward.core.port.Store;
import org.ringward.core.quorum.VoteQuorum;

/**
 * The outside as the cluster layer needs it.
 *
 * @param processIds numbers that no program of this node has yet
 * @param quorum votequorum on this node
 */
public record ControlPorts(
    Store store,
    Processes processes,
    LongSupplier processIds,
    Entropy entropy,
    Journal journal,
    Background background,
    RingProgress progress,
    Supplier<VoteQuorum> quorum) {}
