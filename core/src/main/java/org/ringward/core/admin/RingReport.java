package org.ringward.core.admin;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ring as one node sees it.
 *
 * @param cluster its name
 * @param node the node that answers
 * @param nodeId its id
 * @param state of the Totem machine: operational, gather, commit, recovery
 * @param ring ring id as representative/sequence
 * @param synchronised whether group messages flow
 * @param transport what carries frames and how they are sealed, in words
 * @param quorum votes and what they mean
 * @param members every configured node, and members of the ring that are not configured
 * @param timers what the ring works with
 * @param counters what was counted since the start, by name
 * @param warnings what the operator should know, a sentence each
 */
public record RingReport(
    String cluster,
    String node,
    int nodeId,
    String state,
    String ring,
    boolean synchronised,
    String transport,
    Votes quorum,
    List<MemberLine> members,
    Timers timers,
    SortedMap<String, Long> counters,
    List<String> warnings)
    implements AdminReply.Report {

  public RingReport {
    members = List.copyOf(members);
    counters = Collections.unmodifiableSortedMap(new TreeMap<>(counters));
    warnings = List.copyOf(warnings);
  }

  /**
   * @param addresses by link, ascending; empty for a node that is not configured
   * @param member whether it is in the ring
   */
  public record MemberLine(
      String name, int id, List<String> addresses, int votes, boolean member, boolean self) {}

  /**
   * @param quorate may this side go on
   * @param votes of the members that are here
   * @param reason one sentence
   */
  public record Votes(boolean quorate, int votes, int needed, int expected, String reason) {}

  /**
   * All in milliseconds, as they follow from the configuration.
   *
   * @param tokenWarning 0 when late tokens are not told
   */
  public record Timers(
      int token,
      int tokenWarning,
      int tokenRetransmit,
      int hold,
      int join,
      int consensus,
      int merge) {}
}
