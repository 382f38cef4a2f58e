package org.ringward.core.quorum.witness;

import org.ringward.core.base.NodeSet;

/**
 * What a quorum device remembers of the side that got its vote last, so that the next one holds
 * what that one may have acknowledged. Sides that go on one after the other by the votes of their
 * nodes have a node in common; with a device's vote they need not.
 *
 * <p><b>Why that is enough.</b> A change is acknowledged when all members of a side that needs the
 * device have it on disk, with the sequence of their ring (or so many nodes that every later side
 * has one of them). The next side to get the vote has a member that took part in that ring, or was
 * given the state by one that did; or a member that was in the last side as well and held what that
 * one began with: had anything been acknowledged there, it would be on this member's disk. Either
 * way its next ring has a higher sequence than any state before, so its state wins later.
 *
 * @param side that got the vote last, {@link Side#NONE} when nothing is remembered
 * @param basis sequence of the newest state that its members held when they got it
 */
public record VoteRecord(Side side, long basis) {
  /** Of a new device, or one that has lost its memory. */
  public static final VoteRecord NONE = new VoteRecord(Side.NONE, 0);

  /** As a state's sequence: this node keeps no state that could be lost. */
  public static final long KEEPS_NONE = -1;

  /** As a state's sequence: this node should hold the state, and does not yet. */
  public static final long HOLDS_NONE = 0;

  /**
   * Whether one member is enough to make its side a successor. Beside that, all configured nodes
   * together are one, in a ring later than the side's or by the word of each of them: a node that
   * stood still also names a ring of all nodes, one that the others have long left.
   *
   * @param asking the side
   * @param node a member of it
   * @param held sequence of the last quorate ring that the state it holds took part in
   */
  public boolean admits(Side asking, int node, long held) {
    if (held == KEEPS_NONE) {
      return true;
    }
    if (held == HOLDS_NONE) {
      return false;
    }
    if (side.isNone()) {
      // Who knows whom the device voted for: only a side that goes on without it is safe.
      return held >= asking.sequence();
    }
    return held >= side.sequence() || (held >= basis && side.members().contains(node));
  }

  /** Of a side that gets the vote now, when nobody knows what all its members hold. */
  public static VoteRecord strict(Side side) {
    return new VoteRecord(side, side.sequence());
  }

  /** Whether it is about these members of this ring. */
  public boolean isFor(Side other) {
    NodeSet members = other.members();
    return side.sequence() == other.sequence() && side.members().equals(members);
  }
}
