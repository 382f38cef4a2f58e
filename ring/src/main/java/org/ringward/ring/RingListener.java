package org.ringward.ring;

import org.ringward.core.group.GroupChange;
import org.ringward.core.group.RingConfiguration;

/**
 * What a member of a group is told, in the order all members agree on. See {@link RingAccess} for
 * the thread that calls.
 */
public interface RingListener {
  /**
   * A message to the group.
   *
   * @param node that sent it
   * @param process that sent it, by its number on that node
   * @param bytes valid only during the call
   */
  void delivered(int node, int process, byte[] bytes, int offset, int length);

  /** The group's members have changed, and why; the first change is this member's own join. */
  default void membershipChanged(GroupChange change) {}

  /**
   * The ring has changed: first the transitional configuration (who comes along from the old ring,
   * whose last messages follow), then the regular one (who is in the new ring). The group's changes
   * that follow from it come after the regular one and before {@link #synchronised}.
   */
  default void configurationChanged(RingConfiguration configuration) {}

  /** The groups of the new ring are known everywhere, and messages flow again. */
  default void synchronised() {}

  /**
   * The ring or the connection to it has ended without being told to; nothing follows.
   *
   * @param reason one sentence
   */
  default void ended(String reason) {}
}
