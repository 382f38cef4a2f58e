package org.ringward.core.quorum.disk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.witness.Side;
import org.ringward.core.quorum.witness.VoteRecord;
import org.ringward.core.wire.QuorumSlot;
import org.ringward.core.wire.QuorumSlot.Voted;

/**
 * The disk's memory of the votes that were taken, and who may take the next: rule 5 of the package.
 * Each node keeps in its block the vote that it took last, with a turn, which is higher than all
 * that it found. Two that took one at once may have the same turn; then both count.
 */
final class TakenVotes {
  private final int self;
  private final NodeSet nodes;
  private final Collection<Standing> others;

  /** What the node's own block says, or will. */
  private Voted own = Voted.NONE;

  /** The own block was damaged for good: what it remembered may have been the last vote. */
  private boolean isLost;

  /** Sequence of the state that this node holds. */
  private long held = VoteRecord.KEEPS_NONE;

  /**
   * @param nodes all configured ones
   * @param others what their blocks say
   */
  TakenVotes(int self, NodeSet nodes, Collection<Standing> others) {
    this.self = self;
    this.nodes = nodes;
    this.others = others;
  }

  Voted own() {
    return own;
  }

  long held() {
    return held;
  }

  void holds(long primary) {
    held = primary;
  }

  /** The disk has been formatted: nothing is known. */
  void forget() {
    own = Voted.NONE;
    isLost = false;
  }

  /** What the own block said cannot be read any more. */
  void lose() {
    isLost = true;
  }

  /** What the own block said when this node began. */
  void found(Voted voted) {
    own = voted.turn() > own.turn() ? voted : own;
  }

  /**
   * Whether all nodes are on this side, or one of them has what the side before may have
   * acknowledged.
   *
   * @param isOurs whether this node is on it
   */
  boolean entitle(Side side, boolean isOurs) {
    return hasAllNodes(side, isOurs)
        || latest().stream().allMatch(record -> isSuccessor(record, side, isOurs));
  }

  /**
   * A node that stood still names a ring of all nodes that the others have long left: that has to
   * be later than what went on since, or the block of each has to say so.
   */
  private boolean hasAllNodes(Side side, boolean isOurs) {
    long there = others.stream().filter(other -> other.isIn(side)).count() + (isOurs ? 1 : 0);
    return side.members().equals(nodes)
        && (there == nodes.size()
            || latest().stream().allMatch(record -> side.sequence() > record.side().sequence()));
  }

  private boolean isSuccessor(VoteRecord record, Side side, boolean isOurs) {
    return record.isFor(side)
        || (isOurs && record.admits(side, self, held))
        || others.stream()
            .anyMatch(other ->
                other.isIn(side)
                    && other.slot != null
                    && record.admits(side, other.node, other.slot.held()));
  }

  /** The own vote is for this side from now on; it counts when that is on the disk. */
  void take(Side side) {
    long turn = highest() + 1;
    List<Standing> there = others.stream().filter(other -> other.isIn(side)).toList();
    long basis = held;
    for (Standing other : there) {
      QuorumSlot slot = other.slot;
      basis = Math.max(basis, slot == null ? VoteRecord.KEEPS_NONE : slot.held());
    }
    boolean allAreKnown = there.size() + 1 == side.members().size();
    isLost = false;
    own = new Voted(side.sequence(), side.members(), turn, allAreKnown ? basis : side.sequence());
  }

  /** Whether the own vote is for this side, and no other side took one since. */
  boolean isTaken(Side side) {
    return record(own).isFor(side)
        && others.stream()
            .map(TakenVotes::voted)
            .allMatch(voted -> voted.turn() < own.turn() || record(voted).isFor(side));
  }

  private List<VoteRecord> latest() {
    long highest = highest();
    List<VoteRecord> latest = new ArrayList<>();
    if (isLost) {
      latest.add(VoteRecord.NONE);
    }
    if (own.turn() == highest) {
      latest.add(record(own));
    }
    for (Standing other : others) {
      Voted voted = voted(other);
      if (voted.turn() == highest) {
        latest.add(record(voted));
      }
    }
    return latest;
  }

  private long highest() {
    long highest = own.turn();
    for (Standing other : others) {
      highest = Math.max(highest, voted(other).turn());
    }
    return highest;
  }

  private static Voted voted(Standing other) {
    QuorumSlot slot = other.slot;
    return slot == null || !other.sameFormat ? Voted.NONE : slot.voted();
  }

  private static VoteRecord record(Voted voted) {
    return voted.turn() == 0
        ? VoteRecord.NONE
        : new VoteRecord(new Side(0, voted.sequence(), voted.members()), voted.basis());
  }
}
