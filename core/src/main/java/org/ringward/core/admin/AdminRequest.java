package org.ringward.core.admin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks of the daemon over the local socket.
 *
 * @param verb one of {@link Verb}
 * @param author who asks (the user name the socket's credentials gave, or what they gave by {@code
 *     --author})
 * @param options the verb's options by name: resource, node, reason, expect-version, expect-digest
 *     ...
 * @param document a configuration or other text, null for none
 */
public record AdminRequest(
    Verb verb, String author, Map<String, String> options, @Nullable String document) {

  /** The verbs, their options in brackets; optional ones with a question mark. */
  public enum Verb {
    /** The whole state of the cluster as this node sees it: a {@link StatusReport}. */
    STATUS,
    /**
     * What would change [format=yaml|xml, file, outlook=true?]; document is the configuration: a
     * {@link PlanReport}, with what every single failure would lead to when the outlook is wanted.
     * Or what an order would lead to
     * [order=move|ban|clear|standby|maintenance|cleanup|restart|ticket, and the options of that
     * order]; without document.
     */
    PLAN,
    /**
     * Makes the document the configuration [format, file, expect-version?, expect-digest?, what?,
     * reason?]: a {@link PlanReport} of what follows.
     */
    APPLY,
    /** The configuration in force [format=yaml|xml, with-status?]: a {@link DocumentReport}. */
    CONFIGURATION,
    /**
     * The configurations that were in force: a {@link HistoryReport}; with [version] that one: a
     * {@link DocumentReport}.
     */
    HISTORY,
    /** [resource, node?, lifetime?, role?, reason?] */
    MOVE,
    /** [resource, node?, lifetime?, role?, reason?] */
    BAN,
    /** Removes moves and bans [resource, node?]. */
    CLEAR,
    /** [node, on=true|false] */
    STANDBY,
    /** [node? (all when absent), on=true|false] */
    MAINTENANCE,
    /**
     * Forgets failures, or with refresh all that is known [resource?, node?, refresh=true|false?].
     */
    CLEANUP,
    /** Stops a resource and starts it again, with what depends on it [resource, node?]. */
    RESTART,
    /** Grants, revokes, suspends a ticket [ticket, granted=true|false? or standby=true|false?]. */
    TICKET,
    /**
     * [node, action=off|reboot, reason?; for the reason "drill" only a member that a device covers]
     */
    FENCE,
    /** A person confirms that the node is down [node, reason]; author is recorded. */
    CONFIRM,
    /**
     * [subject: resource, node or quorum; about=move|ban|fence?: with subject the resource or
     * node]: a {@link WhyReport}.
     */
    WHY,
    /**
     * [since? seconds, limit?]: a {@link TimelineReport}; with incidents=true an {@link
     * IncidentsReport} of the same time, limit then counts incidents.
     */
    TIMELINE,
    /**
     * Keeps on this node that the cluster was exercised [kind=rehearsal|failover|fence, version,
     * sentence]; document is a rehearsal's report as JSON.
     */
    EXERCISED,
    /** The last rehearsal's report that this node was given: a {@link DocumentReport}. */
    REHEARSAL,
    /** The transition that runs, or the last one: a {@link TransitionReport}. */
    TRANSITION,
    /** Moves this node's resources away, then ends the daemon. */
    SHUTDOWN,
    /** The times of this node and the cluster as one budget: a {@link TimingReport}. */
    TIMING,
    /** The ring as this node sees it: a {@link RingReport}. */
    RING_STATUS,
    /** The links of this node: a {@link LinksReport}. */
    RING_LINKS,
    /** The heartbeat regions as this node sees them: a {@link RegionsReport}. */
    REGIONS,
    /** Asks a node over the regions [node, question?] and gives its answer as the message. */
    INQUIRE,
    /** Devices, ways to a proof, history: a {@link FencingReport}. */
    FENCING,
    /** What applications share: a {@link LeasesReport}. */
    LEASES,
    /** Every node of the ring reads its configuration again [check=true: only says what would]. */
    RING_RELOAD,
    /** Votes, and what would happen to them: a {@link QuorumReport}. */
    QUORUM_STATUS,
    /** All nodes expect that many votes from now on [votes]. */
    QUORUM_EXPECTED_VOTES,
    /** This side goes on although it has too few votes [reason]; author is recorded. */
    QUORUM_FORCE
  }

  public AdminRequest {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** The option's value, or the default when it was not given. */
  public String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }
}
