package org.ringward.sim.machine;

import org.ringward.core.base.NodeSet;

/**
 * What one daemon believes at one moment.
 *
 * @param ring ring id as representative/sequence
 * @param members of the agreed view, empty while nothing is agreed
 * @param quorate it thinks that its side may go on, which the word of another member is enough for
 * @param votesForIt its own votes and quorum device say so too, at this moment
 * @param coordinates it takes itself for the coordinator
 * @param founds it has begun a line of history with its view: no other side can go on, or there is
 *     proof that it does not
 * @param stored the configuration is on its disk
 * @param version of the agreed state: history, configuration and status
 * @param stateHash of that state; equal states have equal hashes within one run
 */
public record NodeView(
    int node,
    String ring,
    NodeSet members,
    boolean quorate,
    boolean votesForIt,
    boolean coordinates,
    boolean founds,
    boolean stored,
    String version,
    int stateHash) {
  /** A view is agreed and messages are applied. */
  public boolean agreed() {
    return !members.isEmpty();
  }
}
