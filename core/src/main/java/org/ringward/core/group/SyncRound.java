package org.ringward.core.group;

import org.ringward.core.base.NodeSet;

/**
 * A synchronisation.
 *
 * @param representative and sequence: the id of the ring
 * @param members of the ring
 * @param previous members when a synchronisation was complete last
 * @param transitional members that came along all the way since then
 */
record SyncRound(
    int representative, long sequence, NodeSet members, NodeSet previous, NodeSet transitional) {
  static final SyncRound NONE = new SyncRound(0, 0, NodeSet.EMPTY, NodeSet.EMPTY, NodeSet.EMPTY);

  /** Nodes that were lost since, members again or not. */
  NodeSet lost() {
    return previous.minus(transitional);
  }
}
