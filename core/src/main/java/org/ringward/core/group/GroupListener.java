package org.ringward.core.group;

import org.ringward.core.base.NodeSet;

/**
 * What a process in a group is told, in one order on all nodes. It may call its {@link
 * LocalProcess} from inside.
 */
public interface GroupListener {
  /** The group has changed; the first change is the process' own join. */
  void membershipChanged(GroupChange change);

  /** A message; the bytes are valid only during the call. */
  void delivered(int node, int pid, byte[] bytes, int offset, int length);

  /**
   * The ring has changed and the groups are synchronised.
   *
   * @param representative and sequence: the id of the ring
   */
  default void ringChanged(int representative, long sequence, NodeSet members) {}

  /** A message was refused because the queue was full, and there is room again. */
  default void roomAgain() {}
}
