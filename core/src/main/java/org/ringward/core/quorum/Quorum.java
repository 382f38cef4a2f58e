package org.ringward.core.quorum;

import java.util.List;
import org.ringward.core.base.NodeSet;
import org.ringward.core.config.NodeSettings.Member;
import org.ringward.core.config.QuorumSettings;

/**
 * Majority quorum as corosync's votequorum decides it (reference/totem-pg-sync-services.md, section
 * 9): votes, expected_votes, two_node, wait_for_all. A pure function of the members that are here
 * and of what this node remembers.
 *
 * <p>two_node makes one vote enough, so two nodes that do not see each other may both go on:
 * fencing decides between them. It is safe only with wait_for_all, which therefore follows it
 * unless it was switched off; the settings carry the result of that rule.
 */
public final class Quorum {
  private Quorum() {}

  /** The verdict when nothing is known of what the other members think. */
  public static QuorumDecision decide(
      QuorumSettings settings, List<Member> members, QuorumState previous, NodeSet present) {
    return decide(settings, members, previous, present, false);
  }

  /**
   * The verdict.
   *
   * @param members all configured nodes
   * @param present the nodes of this side, this one included
   * @param joinsQuorate another node that is here was quorate before; waiting for all is then over,
   *     since that node has seen all
   */
  public static QuorumDecision decide(
      QuorumSettings settings,
      List<Member> members,
      QuorumState previous,
      NodeSet present,
      boolean joinsQuorate) {
    int sum = members.stream().mapToInt(Member::votes).sum();
    int votes =
        members.stream()
            .filter(member -> present.contains(member.id()))
            .mapToInt(Member::votes)
            .sum();
    int configured = settings.expectedVotes() > 0 ? settings.expectedVotes() : sum;
    // More votes than expected raise the expectation for good; only a new configuration lowers it.
    int before = previous.configuredVotes() == configured ? previous.expectedVotes() : configured;
    int expected = Math.max(before, votes);
    boolean twoNode = settings.twoNode() && members.size() <= 2;
    int needed = twoNode ? 1 : Math.max((expected + 2) / 2, (votes + 2) / 2);

    boolean waiting =
        settings.waitForAll() && previous.waiting() && votes < expected && !joinsQuorate;
    boolean quorate = !waiting && votes >= needed;
    String reason = reason(present, votes, needed, expected, waiting, twoNode);
    // Losing quorum arms the waiting again: this side may have missed what the others did since.
    boolean waitingNext = settings.waitForAll() && !quorate;
    return new QuorumDecision(
        new QuorumState(configured, expected, waitingNext),
        new QuorumVerdict(quorate, votes, needed, expected, reason));
  }

  private static String reason(
      NodeSet present, int votes, int needed, int expected, boolean waiting, boolean twoNode) {
    String here =
        "%d of %d votes are here (nodes %s)".formatted(votes, expected, present.toString());
    if (waiting) {
      return here
          + ": this side waits until all "
          + expected
          + " were here once, as wait_for_all asks";
    }
    String rule = twoNode ? " one is enough as two_node is set" : " " + needed + " are needed";
    return here + "," + rule + ": this side may " + (votes >= needed ? "go on" : "not go on");
  }
}
