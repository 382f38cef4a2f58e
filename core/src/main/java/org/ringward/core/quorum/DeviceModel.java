package org.ringward.core.quorum;

import java.util.List;
import org.ringward.core.base.NodeSet;

/**
 * A kind of quorum device as votequorum needs it: it votes for one ring at a time. Asked from
 * inside the ring's inputs; it does no work then but to remember.
 */
public interface DeviceModel {
  /** As an answer of {@link #preferred}. */
  int NOBODY = -1;

  /** There is no quorum device. */
  static DeviceModel none() {
    return new NoDevice();
  }

  /**
   * A new ring: a vote for the ring before is void from now on.
   *
   * @param representative and sequence: the id of the ring
   * @param quorate whether this node was quorate in the ring before
   */
  void ring(int representative, long sequence, NodeSet members, boolean quorate);

  /** Whether the ring that is in force is quorate; told again whenever that may have changed. */
  default void quorate(boolean is) {}

  /**
   * Sequence of the last quorate ring that the cluster state of this node took part in, 0 while it
   * holds none. Never told where only a ring is run and there is no state.
   */
  default void holds(long primary) {}

  /** What the device is and says now. */
  QuorumDevice device();

  /**
   * Whether it has voted for this ring, for or against, or cannot be reached: the members wait for
   * it that long, at most for the device's sync_timeout.
   */
  boolean answered();

  /** For which of these sides it would vote, by its place in the list, or {@link #NOBODY}. */
  int preferred(List<NodeSet> sides);

  /** What operators should know of it besides, a sentence each. */
  List<String> sentences();
}
