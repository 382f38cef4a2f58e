package org.ringward.core.quorum.witness;

import org.ringward.core.base.NodeSet;

/**
 * Nodes that see each other: the members of one ring.
 *
 * @param representative of the ring
 * @param sequence of the ring; grows with each ring that any of its nodes takes part in
 */
public record Side(int representative, long sequence, NodeSet members) {
  /** What nothing was ever given to. */
  public static final Side NONE = new Side(0, 0, NodeSet.EMPTY);

  public boolean isNone() {
    return members.isEmpty();
  }

  @Override
  public String toString() {
    return "nodes " + members;
  }
}
