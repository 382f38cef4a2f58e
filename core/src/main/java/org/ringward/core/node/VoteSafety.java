package org.ringward.core.node;

import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.QuorumSettings;
import org.ringward.core.quorum.VoteQuorum;

/**
 * Whether the nodes of a cluster can go from one node list to another while some have the new one
 * already and others, perhaps for long, the old one: every majority of the old votes must have a
 * node in common with every majority of the new ones (Ongaro and Ousterhout, 2014, section 6, which
 * therefore changes one server at a time). Corosync leaves that to its administrators.
 */
final class VoteSafety {
  private VoteSafety() {}

  /**
   * Why the change is not safe, null when it is.
   *
   * @param votes of the members that are here
   * @param quorate whether this side may go on
   */
  static @Nullable String objection(
      NodeSettings before, NodeSettings after, VoteQuorum votes, boolean quorate) {
    if (before.quorum().provider() == QuorumSettings.Provider.NONE || hasSameVotes(before, after)) {
      return null;
    }
    if (!quorate) {
      return "nodes, votes and expected_votes change only on a side that has quorum: another side"
          + " may have it already (ringward quorum force, if it cannot)";
    }
    if (expected(after) > expected(before)) {
      @Nullable String tooFew = votes.objection(expected(after));
      if (tooFew != null) {
        return tooFew;
      }
    }
    if (needed(before) + needed(after) <= allVotes(before, after)) {
      return "from %d to %d expected votes is too much at once, two sides could have quorum"
              .formatted(expected(before), expected(after))
          + " meanwhile: add or remove one node, reload, then the next";
    }
    return null;
  }

  private static boolean hasSameVotes(NodeSettings before, NodeSettings after) {
    return before.nodeIds().equals(after.nodeIds())
        && expected(before) == expected(after)
        && before.members().stream().allMatch(each -> votes(after, each.id()) == each.votes());
  }

  /** What two_node lets go on with one vote of two proves by fencing that the other is down. */
  private static int needed(NodeSettings settings) {
    return expected(settings) / 2 + 1;
  }

  private static int expected(NodeSettings settings) {
    QuorumSettings quorum = settings.quorum();
    return quorum.expectedVotes() > 0
        ? quorum.expectedVotes()
        : settings.members().stream().mapToInt(Member::votes).sum() + quorum.deviceVotes();
  }

  /** The most votes that two sides, one of each list, could have together. */
  private static int allVotes(NodeSettings before, NodeSettings after) {
    NodeSet all = before.nodeIds().union(after.nodeIds());
    int ofNodes = all.stream().map(id -> Math.max(votes(before, id), votes(after, id))).sum();
    return ofNodes + Math.max(before.quorum().deviceVotes(), after.quorum().deviceVotes());
  }

  private static int votes(NodeSettings settings, int id) {
    return settings.members().stream()
        .filter(each -> each.id() == id)
        .mapToInt(Member::votes)
        .sum();
  }
}
