package org.ringward.core.quorum;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Votequorum as this node sees it.
 *
 * @param flags this node's, see wire.VoteQuorumNodeInfo
 * @param nodes that are here, by id
 * @param forced who made this side quorate against the votes, null for nobody
 */
public record QuorumStatus(
    QuorumVerdict verdict,
    int flags,
    List<NodeVotes> nodes,
    QuorumDevice device,
    @Nullable ForcedQuorum forced) {

  /** What a member has said of itself. */
  public record NodeVotes(int id, int votes, int expected, int flags) {}

  public QuorumStatus {
    nodes = List.copyOf(nodes);
  }
}
