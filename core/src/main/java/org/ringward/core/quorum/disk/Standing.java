package org.ringward.core.quorum.disk;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.ringward.core.base.NodeSet;
import org.ringward.core.quorum.witness.Side;
import org.ringward.core.wire.DiskBlock;
import org.ringward.core.wire.QuorumSlot;

/** What one node's block has shown so far. Times are those of the cycle's end that found it. */
final class Standing {
  final int node;
  @Nullable QuorumSlot slot;
  Side side = Side.NONE;

  /** Whether the block was written for the disk's present format. */
  boolean sameFormat;

  /** When this content was found first. */
  long changedAt = Long.MIN_VALUE;

  /** Cycles with something new without a gap. */
  int fresh;

  private long incarnationBefore;

  Standing(int node) {
    this.node = node;
  }

  /** Another format: what was known is about blocks that are no more. */
  void forget() {
    slot = null;
    side = Side.NONE;
    sameFormat = false;
    changedAt = Long.MIN_VALUE;
    fresh = 0;
    incarnationBefore = 0;
  }

  private boolean isOlder(QuorumSlot read) {
    QuorumSlot known = slot;
    if (known == null) {
      return false;
    }
    boolean lifeBefore = incarnationBefore != 0 && read.incarnation() == incarnationBefore;
    boolean sameLife = read.incarnation() == known.incarnation();
    return lifeBefore || (sameLife && read.beat() < known.beat());
  }

  /** Takes what was read; what is wrong with it in a few words, null when nothing is. */
  @Nullable String found(byte[] bytes, int at, long generation, long lostNanos, long now) {
    DiskBlock.Form form = DiskBlock.form(bytes, at);
    QuorumSlot known = slot;
    if (form == DiskBlock.Form.EMPTY) {
      return known == null ? null : "has become zeros";
    }
    if (form == DiskBlock.Form.TORN) {
      return "is torn";
    }
    if (form != DiskBlock.Form.WELL_FORMED) {
      return "has something else in it";
    }
    if (DiskBlock.node(bytes, at) != node || !QuorumSlot.fits(bytes, at)) {
      return "is not a block of that node";
    }
    QuorumSlot read = QuorumSlot.read(bytes, at);
    if (isOlder(read)) {
      return "is older than before: the disk gives back old blocks";
    }
    boolean changed =
        known == null
            || !(read.incarnation() == known.incarnation() && read.beat() == known.beat());
    if (changed) {
      incarnationBefore =
          known != null && known.incarnation() != read.incarnation()
              ? known.incarnation()
              : incarnationBefore;
      fresh = known == null || now - changedAt >= lostNanos ? 0 : fresh + 1;
      slot = read;
      side = new Side(read.representative(), read.sequence(), read.members());
      sameFormat = DiskBlock.generation(bytes, at) == generation;
      changedAt = now;
    }
    return null;
  }

  /** Whether its block says, in the disk's present format, that it is on this side. */
  boolean isIn(Side which) {
    return slot != null && sameFormat && side.equals(which);
  }

  /**
   * Whether it claims the vote for another ring than this one. In a block of another format too:
   * its node may not have noticed yet, or be shown an old header.
   */
  boolean claimsAgainst(Side ours) {
    return slot != null && slot.state() == QuorumSlot.State.MASTER && !side.equals(ours);
  }

  /** Whether it wrote often enough of late to be alive, and could have the vote. */
  boolean isFit(int tkoUp, long lostNanos, long now) {
    return slot != null
        && sameFormat
        && (slot.state() == QuorumSlot.State.RUN || slot.state() == QuorumSlot.State.MASTER)
        && fresh >= tkoUp
        && now - changedAt < lostNanos;
  }

  /** One side that could have the vote, as the blocks show it. */
  record Candidate(NodeSet members, int fit, long voted) {
    /** The greater one is to have the vote. */
    static final Comparator<Candidate> ORDER =
        Comparator.comparingInt(Candidate::fit)
            .thenComparingInt(each -> each.members().size())
            .thenComparingLong(Candidate::voted)
            .thenComparing(
                Comparator.comparingInt((Candidate c) -> c.members().lowest()).reversed());
  }

  static boolean isSame(byte[] written, byte[] bytes, int at) {
    return Arrays.equals(written, 0, DiskBlock.BYTES, bytes, at, at + DiskBlock.BYTES);
  }
}
